import { LETTER_KINDS } from '../circulation/letters.ts';
import type { LetterKind } from '../circulation/letters.ts';
import { LANGUAGES } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import type { View } from './letter-view.ts';
import { sampleViews } from './sample-letters.ts';
import { TemplateEngine, WrongTemplate } from './template-engine.ts';
import type { Said, TemplateProblem } from './template-engine.ts';
import { ownTemplates, shippedTemplates } from './template-files.ts';
import type { OwnTemplates, TemplateSet } from './template-files.ts';

export type { Said, TemplateProblem } from './template-engine.ts';

/** The templates of all letters, as each library has them. */
export type LetterTemplates = {
  /** What is wrong with the house's own; where it is, the next ones are taken: the network's, then those that ship. */
  readonly problems: readonly TemplateProblem[];
  /** How many templates of the house's own are in use. */
  readonly own: number;
  /** Writes a letter. Never fails for a house's own template: what could not be foreseen is told to `onProblem`. */
  write(letter: { kind: LetterKind; language: Language; library: string | null }, view: View): Said;
};

export type TemplateOptions = {
  /** The house's own templates; absent: those that ship. */
  readonly folder?: string | undefined;
  /** Codes of the libraries there are; null: unknown, any folder may be one. */
  readonly libraries?: readonly string[] | null;
  /** Told of what goes wrong while a letter is written. */
  readonly onProblem?: (problem: TemplateProblem) => void;
};

type Scope = { readonly library: string | null; readonly engine: TemplateEngine; readonly usable: ReadonlySet<string> };

const isKnownName = (name: string): boolean =>
  name.startsWith('_') || LETTER_KINDS.some((kind) => name === kind || name === `${kind}.html`);

const misnamed = ({ templates }: OwnTemplates): TemplateProblem[] =>
  Array.from(templates)
    .filter(([name]) => !isKnownName(name))
    .map(([name, { file }]) => ({ file, line: null, because: 'unknown-name', detail: name }));

/** Which kinds can be written with a set of templates; what is wrong with the others is added to `problems`. */
function usableKinds(engine: TemplateEngine, language: Language, problems: TemplateProblem[]): Set<string> {
  return new Set(
    LETTER_KINDS.filter((kind) => {
      try {
        engine.check(kind, sampleViews(kind, language));
        return true;
      } catch (error) {
        if (!(error instanceof WrongTemplate)) throw error;
        problems.push(error.problem);
        return false;
      }
    }),
  );
}

/** The same thing is wrong with every kind of letter that a common part stands in: it is said once. */
const distinct = (problems: readonly TemplateProblem[]): TemplateProblem[] => [
  ...new Map(problems.map((one) => [`${one.file}:${one.line}:${one.because}:${one.detail}`, one])).values(),
];

/**
 * Reads all templates, those that ship and the house's own (LET-02). Own ones are parsed and rendered with sample letters of
 * every kind here: what is wrong is known now, not at night, and the next ones are taken instead. Liquid is loaded only
 * here: nothing else waits for it (PERF-01).
 */
export async function loadTemplates(options: TemplateOptions = {}): Promise<LetterTemplates> {
  const { folder, libraries = null, onProblem } = options;
  // It is CommonJS: in the bundle nothing but the default of it has a name.
  const { default: liquid } = await import('liquidjs');
  const { Liquid } = liquid;
  const { own, wrong } = folder === undefined ? { own: [], wrong: [] } : ownTemplates(folder, LANGUAGES, libraries);
  const problems: TemplateProblem[] = wrong.map((one) => ({ ...one, line: null, detail: '' }));
  problems.push(...own.flatMap(misnamed));
  const shipped = new Map(LANGUAGES.map((language) => [language, shippedTemplates(language)]));
  const shippedEngines = new Map(
    Array.from(shipped, ([language, set]) => [language, new TemplateEngine(set, Liquid)] as const),
  );
  const ofNetwork = (language: string): TemplateSet | undefined =>
    own.find((one) => one.library === null && one.language === language)?.templates;
  const scopes = new Map(
    LANGUAGES.map((language) => {
      const mine = own.filter((one) => one.language === language);
      const made = mine.map(({ library, templates }): Scope => {
        const above = library === null ? [] : [...(ofNetwork(language) ?? [])];
        const set = new Map([...(shipped.get(language) ?? []), ...above, ...templates]);
        const engine = new TemplateEngine(set, Liquid);
        return { library, engine, usable: usableKinds(engine, language, problems) };
      });
      return [language, made] as const;
    }),
  );

  const write: LetterTemplates['write'] = ({ kind, language, library }, view) => {
    const mine = scopes.get(language) ?? [];
    const candidates = [
      mine.find((one) => library !== null && one.library === library),
      mine.find((one) => one.library === null),
    ];
    for (const scope of candidates) {
      if (!scope?.usable.has(kind)) continue;
      try {
        return scope.engine.render(kind, view);
      } catch (error) {
        if (!(error instanceof WrongTemplate)) throw error;
        onProblem?.(error.problem);
      }
    }
    const engine = shippedEngines.get(language);
    if (!engine) throw new Error(`no templates in ${language}`);
    return engine.render(kind, view);
  };
  const used = own.reduce((sum, { templates }) => sum + templates.size, 0);
  return { problems: distinct(problems), own: used, write };
}
