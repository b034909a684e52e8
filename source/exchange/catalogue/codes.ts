import type { Network } from '../../circulation/network.ts';
import type { ResourceType } from '../../circulation/resource-types.ts';
import type { ImportMapping } from './mapping.ts';

/** The materials that a type of resource usually is, the best first. */
const MATERIALS: Readonly<Partial<Record<ResourceType, readonly string[]>>> = {
  JOURNAL: ['ISSUE'],
  ARTICLE: ['ISSUE'],
  AUDIO: ['SOUND', 'CD'],
  VIDEO: ['DVD'],
  THESIS: ['BOOK'],
  MIXED: ['KIT'],
  OBJECT: ['EQUIPMENT', 'GAME'],
};

type Found = { readonly value: string } | { readonly unknown: string };

const keyOf = (code: string): string => code.trim().toLowerCase();

/** Codes of a file, made the network's: by the mapping, else because the network has the same code. */
export class Codes {
  readonly #places: ReadonlyMap<string, string>;
  readonly #materials: ReadonlyMap<string, string>;
  readonly #policies: ReadonlyMap<string, string | null>;
  readonly #defaults: ImportMapping['defaults'];
  readonly #elsewhere: string | undefined;

  constructor(network: Network, mapping: ImportMapping) {
    const places = network.libraries.flatMap((one) =>
      one.locations.map((here) => ({ library: one.code, here: here.code })),
    );
    const single = new Map<string, string>();
    for (const { library, here } of places) {
      const key = keyOf(here);
      // A code that two libraries have is none without its library.
      single.set(key, single.has(key) ? '' : `${library}/${here}`);
    }
    const own = places.map(({ library, here }) => [keyOf(`${library}/${here}`), `${library}/${here}`] as const);
    this.#places = new Map([...single, ...own, ...mapped(mapping.locations)]);
    this.#materials = new Map([...network.materials.map(same), ...mapped(mapping.materials)]);
    this.#policies = new Map<string, string | null>([...network.itemPolicies.map(same), ...mapped(mapping.policies)]);
    this.#defaults = mapping.defaults;
    this.#elsewhere = mapping.locations['*'];
  }

  /** `LIBRARY/LOCATION` for what a file says of both; undefined: it says nothing, and there is no default. */
  place(libraries: readonly string[], locations: readonly string[]): Found | undefined {
    const both = libraries.flatMap((library) => locations.map((here) => `${library}/${here}`));
    const said = [...both, ...locations, ...libraries];
    if (said.length === 0)
      return this.#defaults.location === undefined ? undefined : { value: this.#defaults.location };
    const value = said.map((one) => this.#places.get(keyOf(one))).find(Boolean) ?? this.#elsewhere;
    return value === undefined ? { unknown: said[0] ?? '' } : { value };
  }

  /** A material: the file's, else the default, else what the type of resource usually is. `guessed`: the file's code is unknown. */
  material(code: string | null, type: ResourceType): { readonly value: string; readonly guessed: boolean } | undefined {
    const known = code === null ? undefined : this.#materials.get(keyOf(code));
    if (known !== undefined) return { value: known, guessed: false };
    const usual = [type, ...(MATERIALS[type] ?? [])].map((one) => this.#materials.get(keyOf(one))).find(Boolean);
    const value = this.#defaults.material ?? usual;
    return value === undefined ? undefined : { value, guessed: code !== null };
  }

  /** A policy: the file's, else the default. `unknown`: the file's code is not one of the network's. */
  policy(code: string | null): { readonly value: string | null; readonly unknown: boolean } {
    const known = code === null ? undefined : this.#policies.get(keyOf(code));
    if (known !== undefined) return { value: known, unknown: false };
    return { value: this.#defaults.policy ?? null, unknown: code !== null };
  }
}

const same = ({ code }: { readonly code: string }) => [keyOf(code), code] as const;
const mapped = <Value>(map: Readonly<Record<string, Value>>) =>
  Object.entries(map).map(([key, value]) => [keyOf(key), value] as const);
