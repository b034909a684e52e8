/** Per dimension the values that are meant: a part of all cases, as a box of them. */
export type Box = readonly (readonly string[])[];

/** A row of a rule table: per dimension the values that it matches; undefined: any. */
export type Row = readonly (ReadonlySet<string> | undefined)[];

/** Cases that the same row answers, the first that matches them (an index); undefined: none does. */
export type Region = { readonly box: Box; readonly row: number | undefined };

/** How much work a check may still do; where it runs out, the table counts as too intricate to be checked. */
export type Effort = { left: number };

/** Some tenths of a second; the sample network takes a hundredth of it. */
export const fullEffort = (): Effort => ({ left: 5_000_000 });

/** The values of a dimension, grouped by which of the rows match them. */
function classesOf(values: readonly string[], rows: readonly Row[], candidates: readonly number[], dimension: number) {
  const classes = new Map<string, { values: string[]; matching: readonly number[] }>();
  for (const value of values) {
    const matching = candidates.filter((row) => rows[row]?.[dimension]?.has(value) ?? true);
    const key = matching.join();
    const known = classes.get(key);
    if (known) known.values.push(value);
    else classes.set(key, { values: [value], matching });
  }
  return classes.values();
}

/**
 * Divides all cases of a box among the rows that answer them, first match wins (CONF-02): exact, without looking at each
 * case, because values that the rows in question treat alike stay together. Undefined if that takes more
 * than the effort that is left.
 */
export function regionsOf(box: Box, rows: readonly Row[], effort: Effort): Region[] | undefined {
  const lastLimited = rows.map((row) => row.findLastIndex((values) => values !== undefined));
  const regions: Region[] = [];

  const divide = (dimension: number, above: Box, candidates: readonly number[]): void => {
    const decisive = candidates.findIndex((row) => (lastLimited[row] ?? -1) < dimension);
    const possible = decisive < 0 ? candidates : candidates.slice(0, decisive + 1);
    if (possible.length === 0 || decisive === 0) {
      regions.push({ box: [...above, ...box.slice(dimension)], row: possible[0] });
      return;
    }
    const values = box[dimension] ?? [];
    effort.left -= values.length * possible.length;
    if (effort.left < 0) return;
    for (const one of classesOf(values, rows, possible, dimension)) {
      divide(dimension + 1, [...above, one.values], one.matching);
    }
  };

  if (box.every((values) => values.length > 0)) divide(0, [], [...rows.keys()]);
  return effort.left < 0 ? undefined : regions;
}

/** A row that never answers, with the rows above that do so in its place; none of them: it matches nothing at all. */
export type Hidden = { readonly row: number; readonly by: readonly number[] };

/** Every row that is never the first to match a case of the box. Undefined if the effort does not suffice. */
export function hiddenRows(box: Box, rows: readonly Row[], effort: Effort): Hidden[] | undefined {
  const regions = regionsOf(box, rows, effort);
  if (!regions) return undefined;
  const answering = new Set(regions.map((region) => region.row));
  const hidden = [...rows.keys()]
    .filter((row) => !answering.has(row))
    .map((row) => {
      const own = box.map((values, dimension) => values.filter((one) => rows[row]?.[dimension]?.has(one) ?? true));
      const instead = (regionsOf(own, rows.slice(0, row), effort) ?? []).flatMap((region) => region.row ?? []);
      return { row, by: [...new Set(instead)].toSorted((one, other) => one - other) };
    });
  return effort.left < 0 ? undefined : hidden;
}

/** The same cases in fewer boxes: those that differ in one dimension only become one. */
export function joinBoxes(boxes: readonly Box[]): Box[] {
  const dimensions = boxes[0]?.length ?? 0;
  let joined = boxes.map((box): Box => box.map((values) => values.toSorted()));
  for (let dimension = 0; dimension < dimensions; dimension += 1) {
    const alike = Map.groupBy(joined, (box) => JSON.stringify(box.with(dimension, [])));
    joined = [...alike.values()].flatMap((group) => {
      const [first] = group;
      return first
        ? [first.with(dimension, [...new Set(group.flatMap((box) => box[dimension] ?? []))].toSorted())]
        : [];
    });
  }
  return joined;
}
