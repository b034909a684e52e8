import type { Liquid, Template } from 'liquidjs';
import type { LetterKind } from '../circulation/letters.ts';
import type { TemplateFault } from '../language/delivery-words.ts';
import type { View } from './letter-view.ts';
import type { TemplateFile, TemplateSet } from './template-files.ts';
import { htmlSource, textSource, tidyText, writtenIn } from './template-parts.ts';
import { clean } from './layout.ts';

/** What is wrong with a house's template. */
export type TemplateProblem = {
  readonly file: string;
  /** From 1; null: of the file as a whole. */
  readonly line: number | null;
  readonly because: TemplateFault;
  /** What the reader of templates says (English), or the name that is unknown. */
  readonly detail: string;
};

/** Thrown by what compiles and renders templates. */
export class WrongTemplate extends Error {
  readonly problem: TemplateProblem;
  constructor(problem: TemplateProblem) {
    super(`${problem.file}: ${problem.because} ${problem.detail}`);
    this.problem = problem;
  }
}

/** A letter in words: one line, plain text, a whole HTML page. */
export type Said = { readonly subject: string; readonly text: string; readonly html: string };

type Form = 'text' | 'html';
type Part = { readonly form: Form; readonly file: string; readonly templates: Template[] };
type Compiled = { readonly subject: Part; readonly bodies: Readonly<Record<Form, Part>> };

/** Far more than any letter needs: an endless loop in a template must not stop the night (JOB-03). */
const LIMITS = { templateLimit: 1_000_000, memoryLimit: 50_000_000 };

const partialsIn = (set: TemplateSet, form: Form): Map<string, TemplateFile> => {
  const partials = new Map<string, TemplateFile>();
  for (const [name, one] of set) {
    if (!name.startsWith('_')) continue;
    const isHtml = name.endsWith('.html');
    const bare = name.slice(1).replace(/\.html$/u, '');
    if (isHtml === (form === 'html')) partials.set(bare, one);
  }
  return partials;
};

/** What Liquid throws, as far as it tells. */
type LiquidFault = {
  readonly name?: string;
  readonly message?: string;
  readonly token?: { readonly file?: string; getPosition(): [number, number] };
  readonly originalError?: { readonly variableName?: string };
};

/** Where a name stands: in that file if it does, else in one of the parts that it is made of. */
function whereIs(
  name: string,
  file: string,
  set: TemplateSet,
): { readonly file: string; readonly line: number | null } {
  const files = Array.from(set.values()).toSorted(
    (one, other) => Number(other.file === file) - Number(one.file === file),
  );
  for (const one of files) {
    const at = one.text.split('\n').findIndex((line) => line.includes(name));
    if (at !== -1) return { file: one.file, line: at + 1 };
  }
  return { file, line: null };
}

/** The first name of those that a template asks for which no letter of its kind has; undefined: all are known. */
function unknownName(asked: readonly (readonly unknown[])[], view: View): string | undefined {
  const found = asked.find((path) => {
    let value: unknown = view;
    for (const segment of path) {
      // A name that is looked up by another one, such as a number.
      if (value === null || (typeof segment !== 'string' && typeof segment !== 'number')) return false;
      if (Array.isArray(value)) value = value[0] ?? null;
      else if (typeof value !== 'object' || !(segment in value)) return segment !== 'size';
      else value = (value as View)[segment];
    }
    return false;
  });
  return found?.map(String).join('.');
}

/** Templates of one language, as one library or the network has them, ready to be rendered. */
export class TemplateEngine {
  readonly #set: TemplateSet;
  readonly #engines: Readonly<Record<Form, Liquid>>;
  readonly #partials: Readonly<Record<Form, Map<string, TemplateFile>>>;
  readonly #compiled = new Map<string, Compiled>();
  readonly #layouts = new Map<Form, Part>();

  constructor(set: TemplateSet, liquid: typeof Liquid) {
    this.#set = set;
    this.#partials = { text: partialsIn(set, 'text'), html: partialsIn(set, 'html') };
    const engineFor = (form: Form): Liquid =>
      new liquid({
        templates: Object.fromEntries(Array.from(this.#partials[form], ([name, { text }]) => [name, textSource(text)])),
        cache: true,
        greedy: false,
        strictVariables: true,
        strictFilters: true,
        ownPropertyOnly: true,
        parseLimit: 1_000_000,
        ...(form === 'html' ? { outputEscape: 'escape' } : {}),
      });
    this.#engines = { text: engineFor('text'), html: engineFor('html') };
  }

  /** What was thrown, as what is wrong with which file. */
  #wrong(error: unknown, form: Form, file: string): WrongTemplate {
    if (error instanceof WrongTemplate) return error;
    const { name, message = '', token, originalError } = error as LiquidFault;
    const variable = originalError?.variableName;
    if (variable !== undefined)
      return new WrongTemplate({
        ...whereIs(variable, file, this.#set),
        because: 'unknown-variable',
        detail: variable,
      });
    const isSyntax = name === 'ParseError' || name === 'TokenizationError';
    const part = token?.file === undefined ? undefined : this.#partials[form].get(token.file);
    return new WrongTemplate({
      file: part?.file ?? file,
      line: token ? token.getPosition()[0] : null,
      because: isSyntax ? 'syntax' : 'failed',
      detail: clean(message.replace(/, (?:file|line):.*$/su, '')),
    });
  }

  #parse(form: Form, source: string, file: string): Part {
    try {
      return { form, file, templates: this.#engines[form].parse(source, file) };
    } catch (error) {
      throw this.#wrong(error, form, file);
    }
  }

  #render({ form, file, templates }: Part, view: View): string {
    try {
      return String(this.#engines[form].renderSync(templates, view, LIMITS));
    } catch (error) {
      throw this.#wrong(error, form, file);
    }
  }

  #template(name: string): TemplateFile {
    const found = this.#set.get(name);
    if (!found) throw new Error(`no template ${name}`);
    return found;
  }

  #layout(form: Form): Part {
    const { text, file } = this.#template(form === 'html' ? '_layout.html' : '_layout');
    const part = this.#layouts.get(form) ?? this.#parse(form, textSource(text), file);
    this.#layouts.set(form, part);
    return part;
  }

  #kind(kind: LetterKind): Compiled {
    const known = this.#compiled.get(kind);
    if (known) return known;
    const { file, text } = this.#template(kind);
    const written = writtenIn(text);
    if (!written) throw new WrongTemplate({ file, line: 1, because: 'no-subject', detail: '' });
    const byHand = this.#set.get(`${kind}.html`);
    const compiled: Compiled = {
      subject: this.#parse('text', written.subject, file),
      bodies: {
        text: this.#parse('text', textSource(written.body), file),
        html: byHand
          ? this.#parse('html', textSource(byHand.text), byHand.file)
          : this.#parse('html', htmlSource(written.body), file),
      },
    };
    this.#compiled.set(kind, compiled);
    return compiled;
  }

  /** Writes a letter of a kind. Throws WrongTemplate. */
  render(kind: LetterKind, view: View): Said {
    const { subject: titled, bodies } = this.#kind(kind);
    const subject = clean(this.#render(titled, view));
    const inLayout = (form: Form): string => {
      const body = this.#render(bodies[form], view).trim();
      return this.#render(this.#layout(form), { ...view, subject, body });
    };
    return { subject, text: tidyText(inLayout('text')), html: inLayout('html').trim() };
  }

  /** Looks whether a kind can be written of letters like these. Throws WrongTemplate. */
  check(kind: LetterKind, views: readonly View[]): void {
    const { subject, bodies } = this.#kind(kind);
    const [full] = views;
    for (const part of [subject, bodies.text, bodies.html, this.#layout('text'), this.#layout('html')]) {
      const unknown = full && unknownName(this.#asked(part), { ...full, subject: '', body: '' });
      if (unknown === undefined) continue;
      const found = whereIs(unknown, part.file, this.#set);
      throw new WrongTemplate({ ...found, because: 'unknown-variable', detail: unknown });
    }
    for (const view of views) this.render(kind, view);
  }

  /** The names that a template and its parts ask for. */
  #asked({ form, file, templates }: Part): readonly (readonly unknown[])[] {
    try {
      return this.#engines[form].globalVariableSegmentsSync(templates);
    } catch (error) {
      throw this.#wrong(error, form, file);
    }
  }
}
