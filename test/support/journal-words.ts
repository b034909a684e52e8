import type { CsvWords } from '../../source/offline/readable-copy.ts';

export const CSV_WORDS: CsvWords = {
  separator: ';',
  heads: ['Jour', 'Heure', 'Transaction', 'Exemplaire', 'Lecteur'],
  loan: 'Prêt',
  return: 'Retour',
};
