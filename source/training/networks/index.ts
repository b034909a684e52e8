import { existsSync, readFileSync } from 'node:fs';

/**
 * The text of a network file that ships with the program (`toulouse`, CONF-04); undefined if none has that name. The
 * files stand next to this one in the source, and in `networks/` of the bundle.
 */
export function shippedNetworkText(name: string): string | undefined {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) return undefined;
  const places = [`./networks/${name}.yaml`, `../networks/${name}.yaml`];
  const file = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  return file ? readFileSync(file, 'utf8') : undefined;
}
