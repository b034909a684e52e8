import { plain } from '../records/text.ts';

const keyOf = (name: string): string => plain(name).replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * What each column of a delimited file is, by its header: by a mapping's names (`own`), else by those that are known
 * (`byName`, without accents, spaces and capitals); undefined: nothing that is imported. The first of two equal ones counts.
 */
export function matchColumns<Column extends string>(
  header: readonly string[],
  byName: ReadonlyMap<string, Column>,
  own: Readonly<Record<string, Column>>,
): (Column | undefined)[] {
  const mapped = new Map(Object.entries(own).map(([name, column]) => [keyOf(name), column]));
  const taken = new Set<Column>();
  return header.map((name) => {
    const column = mapped.get(keyOf(name)) ?? byName.get(keyOf(name));
    if (column === undefined || taken.has(column)) return undefined;
    taken.add(column);
    return column;
  });
}

/** The delimiter of a header line: what stands most often outside of quotes. */
export function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, '');
  const counted = [';', ',', '\t'].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counted.toSorted((one, other) => other.count - one.count)[0]?.mark ?? ';';
}
