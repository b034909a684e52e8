import { en } from './en/index.ts';
import { fr } from './fr/index.ts';
import type { Words } from './words.ts';

/** Languages that the program speaks (TUI-06). */
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Everything the program says in one language. */
export function wordsIn(language: Language): Words {
  return language === 'fr' ? fr : en;
}

/** The language of a locale such as `fr_FR.UTF-8`; French for everything that is not English, as the network is. */
export function languageOf(locale: string | undefined): Language {
  return locale !== undefined && /^en/i.test(locale) ? 'en' : 'fr';
}
