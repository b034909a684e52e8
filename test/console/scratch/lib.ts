import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { toulouse } from '../../support/toulouse.ts';
export const network = toulouse();
export const only = deskRuns.filter(
  (one) => one.name === 'SQLite' && (process.env['LANGS'] ?? 'fr,en').includes(one.language),
);
export function tools(script: ReturnType<typeof deskScript>) {
  const safe = async (f: () => Promise<void>) => {
    try {
      await f();
    } catch (e) {
      console.log(`CHECK FAILED: ${String(e).slice(0, 2500)}`);
    }
  };
  return {
    show: async (what: string) => {
      console.log(
        `--- ${what}\n${(await script.desk.screen())
          .map((l) => l.trimEnd())
          .filter((l) => l !== '' && !l.startsWith('───') && !l.startsWith(' F1 ') && !l.startsWith(' Guichet ·'))
          .map((l) => `|${l.padEnd(80)}|`)
          .join('\n')}`,
      );
    },
    press: async (...k: string[]) => {
      for (const one of k) await safe(async () => script.desk.press(one));
    },
    type: async (t: string) => safe(async () => script.desk.type(t)),
    scan: async (...c: string[]) => {
      for (const one of c) await safe(async () => script.desk.scan(one));
    },
    answers: async (...c: Parameters<typeof script.answers>) => safe(async () => script.answers(...c)),
  };
}
