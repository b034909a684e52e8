import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The text of each template by its name (`courtesy`, `_loans.html`), with the file that it is in. */
export type TemplateFile = { readonly file: string; readonly text: string };
export type TemplateSet = ReadonlyMap<string, TemplateFile>;

/** A folder or file that cannot be used as templates. */
export type WrongFile = { readonly file: string; readonly because: 'no-folder' | 'unknown-folder' | 'unreadable' };

const ENDING = '.liquid';
/** A template longer than this is no letter. */
const LONGEST = 200_000;

/** The templates directly in a folder. */
function readFolder(folder: string, wrong: WrongFile[]): Map<string, TemplateFile> {
  const found = new Map<string, TemplateFile>();
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (!entry.name.endsWith(ENDING) || entry.isDirectory()) continue;
    try {
      if (statSync(file).size > LONGEST) throw new Error('too long');
      const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)).replaceAll('\r\n', '\n');
      found.set(entry.name.slice(0, -ENDING.length), { file, text });
    } catch {
      wrong.push({ file, because: 'unreadable' });
    }
  }
  return found;
}

/** Templates of one language: those of both languages first, so that a language's own replace them. */
const ofLanguage = (folder: string, language: string, wrong: WrongFile[]): TemplateSet =>
  new Map([...readFolder(folder, wrong), ...readFolder(path.join(folder, language), wrong)]);

/** The templates that ship: they stand beside this file in the source, and in `templates/` of the bundle. */
export function shippedTemplates(language: string): TemplateSet {
  const places = ['./templates/', '../templates/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const folder = places.find((one) => existsSync(path.join(one, language)));
  if (folder === undefined) throw new Error(`no templates of letters beside ${import.meta.url}`);
  const wrong: WrongFile[] = [];
  const found = ofLanguage(folder, language, wrong);
  if (wrong.length > 0) throw new Error(`templates that cannot be read: ${wrong.map(({ file }) => file).join(', ')}`);
  return found;
}

/** A house's own templates: of the network (`library` null) or of one library, in one language. */
export type OwnTemplates = {
  readonly library: string | null;
  readonly language: string;
  readonly templates: TemplateSet;
};

/**
 * Reads a folder of a house's own templates (LET-02): `LANG/KIND.liquid` for all libraries, `LIBRARY/LANG/KIND.liquid` for one.
 * `libraries`: the codes there are; a folder of another name is wrong, since nobody would ever read what is in it.
 */
export function ownTemplates(
  folder: string,
  languages: readonly string[],
  libraries: readonly string[] | null,
): { readonly own: readonly OwnTemplates[]; readonly wrong: readonly WrongFile[] } {
  const wrong: WrongFile[] = [];
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return { own: [], wrong: [{ file: folder, because: 'no-folder' }] };
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
  const ofLibraries = below.filter((name) => !languages.includes(name));
  if (libraries !== null) {
    for (const name of ofLibraries)
      if (!libraries.includes(name)) wrong.push({ file: path.join(folder, name), because: 'unknown-folder' });
  }
  const known = ofLibraries.filter((name) => libraries === null || libraries.includes(name));
  const own = [null, ...known].flatMap((library) =>
    languages.map((language) => {
      const where = library === null ? folder : path.join(folder, library);
      return { library, language, templates: ofLanguage(where, language, wrong) };
    }),
  );
  return { own: own.filter(({ templates }) => templates.size > 0), wrong };
}
