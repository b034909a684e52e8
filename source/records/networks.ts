import type { Network } from '../circulation/network.ts';
import type { Instant } from '../circulation/time.ts';
import { insertMany, lockTable, row, rows } from './sql.ts';
import type { Connection } from './sql.ts';

/** A loaded version of the network file. */
export type NetworkVersion = {
  readonly version: number;
  readonly loadedAt: Instant;
  readonly staff: string | null;
  readonly digest: string;
  /** What it changed, where that is asked for; null: it was the first one. */
  readonly difference?: unknown;
};

/** What a new network would leave hanging: codes that records still use. */
export type CodeInUse = {
  readonly kind: 'library' | 'location' | 'group' | 'policy' | 'material' | 'category' | 'statistic';
  readonly code: string;
};

/** The network as it was loaded, in versions. The newest one counts. */
export function networksOn(db: Connection) {
  const codes = async (table: string): Promise<string[]> =>
    (await rows<{ code: string }>(db, `select code from ${table}`)).map((one) => one.code);

  const used = async (kind: CodeInUse['kind'], gone: readonly string[], sql: string): Promise<CodeInUse[]> => {
    const found: CodeInUse[] = [];
    for (const code of gone) if (await row(db, sql, [code])) found.push({ kind, code });
    return found;
  };

  return {
    /** Nobody else loads a network until the transaction ends: what is read of it now stays true. */
    async lock(): Promise<void> {
      await lockTable(db, 'network_versions');
    },

    /** The number of the newest version; 0 if none has been loaded. */
    async currentVersion(): Promise<number> {
      return (await row<{ v: number | null }>(db, 'select max(version) as v from network_versions'))?.v ?? 0;
    },

    /** When this database got its first network; null: it has none yet. */
    async firstLoadedAt(): Promise<Instant | null> {
      return (await row<{ at: number | null }>(db, 'select min(loaded_at) as at from network_versions'))?.at ?? null;
    },

    async current(): Promise<{ network: Network; version: number; digest: string } | undefined> {
      const found = await row<{ version: number; document: string; digest: string }>(
        db,
        'select version, document, digest from network_versions order by version desc limit 1',
      );
      return found && { network: JSON.parse(found.document) as Network, version: found.version, digest: found.digest };
    },

    /** The network as it was in a version; undefined: there has been none of that number. */
    async ofVersion(version: number): Promise<Network | undefined> {
      const sql = 'select document from network_versions where version = ?';
      const found = await row<{ document: string }>(db, sql, [version]);
      return found && (JSON.parse(found.document) as Network);
    },

    async versions(limit: number): Promise<NetworkVersion[]> {
      return rows(
        db,
        `select n.version, n.loaded_at as "loadedAt", s.name as staff, n.digest
         from network_versions n left join staff s on s.id = n.staff_id order by n.version desc limit ?`,
        [limit],
      );
    },

    /** What the newest versions changed, by their numbers; of the first one, which changed nothing, null. */
    async differences(limit: number): Promise<Map<number, unknown>> {
      const found = await rows<{ version: number; difference: string; first: number }>(
        db,
        `select version, difference, (select min(version) from network_versions) as first
         from network_versions order by version desc limit ?`,
        [limit],
      );
      return new Map(
        found.map(({ version, difference, first }) => [
          version,
          version === first ? null : (JSON.parse(difference) as unknown),
        ]),
      );
    },

    /** Codes that the new network drops although items, loans or patrons still use them. */
    async codesInUse(network: Network): Promise<CodeInUse[]> {
      const libraries = network.libraries.map((one) => one.code);
      const locations = network.libraries.flatMap((one) => one.locations.map((place) => `${one.code}/${place.code}`));
      const groups = network.groups.map((one) => one.code);
      const before = (await this.current())?.network;
      const goneFrom = (old: readonly { code: string }[] | undefined, kept: readonly { code: string }[]) =>
        goneOf(
          (old ?? []).map((one) => one.code),
          kept.map((one) => one.code),
        );
      const goneOf = (all: readonly string[], kept: readonly string[]) => all.filter((code) => !kept.includes(code));
      return [
        ...(await used(
          'library',
          goneOf(await codes('libraries'), libraries),
          'select 1 from items where library = ? limit 1',
        )),
        ...(await used(
          'location',
          goneOf(await codes('locations'), locations),
          // An item that stands elsewhere for a while goes back to its holding's location.
          `select 1 from locations l where l.code = ? and (exists (select 1 from items where location = l.code)
             or exists (select 1 from holdings where location = l.code and deleted_at is null))`,
        )),
        ...(await used(
          'group',
          goneOf(await codes('user_groups'), groups),
          'select 1 from patrons where group_code = ? limit 1',
        )),
        ...(await used(
          'library',
          goneOf(await codes('libraries'), libraries),
          'select 1 from requests where (closed_at is null or remains_item_id is not null) and pickup = ? limit 1',
        )),
        ...(await used(
          'policy',
          goneFrom(before?.itemPolicies, network.itemPolicies),
          'select 1 from items where policy = ? limit 1',
        )),
        ...(await used(
          'material',
          goneFrom(before?.materials, network.materials),
          'select 1 from items where material = ? limit 1',
        )),
        ...(await used(
          'category',
          goneFrom(before?.categories, network.categories ?? []),
          'select 1 from patrons where category = ? limit 1',
        )),
        ...(await used(
          'statistic',
          goneFrom(before?.statistics, network.statistics ?? []),
          'select 1 from patron_statistics where code = ? limit 1',
        )),
      ];
    },

    /** Adds a version and brings the tables that records refer to up to date. Codes that are gone but unused stay unlisted. */
    async add(entry: {
      network: Network;
      digest: string;
      difference: unknown;
      at: Instant;
      staffId: number | null;
    }): Promise<number> {
      const { network } = entry;
      const missing = async (table: string, wanted: readonly string[]) => {
        const known = new Set(await codes(table));
        return wanted.filter((code) => !known.has(code));
      };
      const libraries = await missing(
        'libraries',
        network.libraries.map((one) => one.code),
      );
      await insertMany(
        db,
        'libraries',
        libraries.map((code) => ({ code })),
      );
      const places = network.libraries.flatMap((one) =>
        one.locations.map((place) => ({ code: `${one.code}/${place.code}`, library: one.code })),
      );
      const newPlaces = new Set(
        await missing(
          'locations',
          places.map((one) => one.code),
        ),
      );
      await insertMany(
        db,
        'locations',
        places.filter((one) => newPlaces.has(one.code)),
      );
      const groups = await missing(
        'user_groups',
        network.groups.map((one) => one.code),
      );
      await insertMany(
        db,
        'user_groups',
        groups.map((code) => ({ code })),
      );
      const values = {
        loaded_at: entry.at,
        staff_id: entry.staffId,
        digest: entry.digest,
        document: JSON.stringify(network),
        difference: JSON.stringify(entry.difference),
      };
      const added = await row<{ version: number }>(
        db,
        `insert into network_versions (${Object.keys(values).join(', ')}) values (?, ?, ?, ?, ?) returning version`,
        Object.values(values),
      );
      if (!added) throw new Error('no version from network_versions');
      return added.version;
    },
  };
}

/** Settings of this database as a whole, such as whether it is a training copy. */
export function settingsOn(db: Connection) {
  return {
    async get(key: string): Promise<string | undefined> {
      return (await row<{ value: string }>(db, 'select value from settings where key = ?', [key]))?.value;
    },
    /** Sets what nobody has set; answers with what is set from then on, for everybody. */
    async setOnce(key: string, value: string): Promise<string> {
      const kept = await row<{ value: string }>(
        db,
        'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = settings.value returning value',
        [key, value],
      );
      return kept?.value ?? value;
    },
    async set(key: string, value: string): Promise<void> {
      await rows(
        db,
        'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
        [key, value],
      );
    },
  };
}
