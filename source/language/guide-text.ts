import { guideEn } from './en/guide.ts';
import { guideFr } from './fr/guide.ts';
import { printable } from './printable.ts';
import type { Language } from './index.ts';

/** Fields of a step, each as one text; several are joined. */
export type GuideFields = Readonly<Partial<Record<string, string>>>;

/** What to do at the console, for each step of a scenario that has no text of its own. Keys as `{command}`. */
export type GuideWords = Readonly<Record<string, (fields: GuideFields) => string>>;

const GUIDES: Readonly<Record<Language, GuideWords>> = { fr: guideFr, en: guideEn };

const asText = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(asText).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/**
 * Words for a step of a scenario that has none: `name` and `fields` as the file gives them (a text for `desk`, `at` and
 * `advance`). Keys are left as `{command}`. A step that is not known answers with its name.
 */
export function guideText(
  language: Language,
  name: string,
  fields: Readonly<Record<string, unknown>> | string | null,
): string {
  const named = typeof fields === 'string' ? { place: fields, time: fields.replace('T', ' ') } : (fields ?? {});
  const texts = Object.fromEntries(
    Object.entries(named).flatMap(([key, value]) =>
      value === undefined || value === null || value === false ? [] : [[key, printable(asText(value))]],
    ),
  );
  return GUIDES[language][name]?.(texts) ?? name;
}
