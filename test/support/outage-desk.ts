import { KEYMAP, keysOf } from '../../source/console/keymap.ts';
import type { CommandName } from '../../source/console/keymap.ts';
import { setTimerAfterInput } from '../../source/console/keyboard/timers.ts';
import type { SetTimer } from '../../source/console/keyboard/timers.ts';
import { wordsIn } from '../../source/language/index.ts';
import type { Language } from '../../source/language/index.ts';
import { sitAt } from './console-driver.ts';
import type { Scene } from './house.ts';

/** What an operator does with an item; a loan is somebody's. */
export type Doing = { readonly what: 'loan' | 'return'; readonly item: string; readonly patron: string };

/** How the screen has acknowledged it; null: it has not. */
export type Acknowledged = 'online' | 'offline' | null;

/** An operator at the real console, who remembers what the screen has told them. */
export type OutageDesk = {
  /** Waits for the next reader, or for returns. */
  begin(what: Doing['what']): Promise<void>;
  /** Writes what a scanner reads, without waiting for the answer; `meanwhile` is done while it is being answered. */
  scan(codes: readonly string[], meanwhile?: () => Promise<void>): Promise<void>;
  /** Remembers what is being done, so that the screen's answer to it is recognised. */
  expects(doing: Doing): void;
  acknowledged(doing: Doing): Acknowledged;
  readonly isOffline: () => boolean;
  /** Goes back to the database, which is there again; with the upload of the journal, or without. */
  comeBack(uploads: boolean): Promise<void>;
  /** What was told of an item that was not to be told; what the console has logged. */
  readonly odd: readonly string[];
  readonly errors: readonly unknown[];
  readonly screen: () => Promise<string>;
  leave(): Promise<void>;
};

/** Long waits are a fifth of what they are at a desk: silence, grace, looking whether the database is back. */
const sooner: SetTimer = (milliseconds, callback) =>
  setTimerAfterInput(milliseconds >= 1000 ? milliseconds / 5 : milliseconds, callback);

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** How the title of an item has to be made, so that an answer which names the title names the item. */
export const titleOf = (item: string): string => `T${item}`;

/** What the answer line says of something that was done, online and offline, and what it must not say. */
function sentencesFor({ what, item }: Doing, language: Language): Record<'online' | 'offline' | 'odd', RegExp> {
  const { loan, returning, offline } = wordsIn(language).console;
  const title = titleOf(item);
  const anything = '\u0001';
  const said = (...texts: string[]): RegExp =>
    new RegExp(texts.map((text) => `^${text.split(anything).map(quoted).join('.*')}`).join('|'));
  return what === 'loan'
    ? {
        online: said(loan.lent(title, anything)),
        offline: said(offline.lent(item, anything)),
        odd: said(loan.renewed(title, anything), loan.notRenewed(title, anything)),
      }
    : {
        online: said(returning.returned(anything, title)),
        offline: said(offline.returned(item)),
        odd: said(returning.notOnLoan(anything, title)),
      };
}

/** The rows of lists that say so: of the file, of the database, and of the database in the list of the file. */
function rowsFor({ what, item }: Doing, language: Language): Record<'online' | 'offline', RegExp> {
  const { action, inDatabase } = wordsIn(language).console.offline;
  const end = String.raw`${quoted(action[what])} +${item}(?!\d)`;
  return {
    offline: new RegExp(String.raw`^ [▸ ] \d\d:\d\d +${end}`, 'm'),
    online: new RegExp(String.raw`^ [▸ ] (${titleOf(item)}(?!\d)|${quoted(inDatabase)} +${end})`, 'm'),
  };
}

/** Opens the real console with real keys at the scene's desk; `perform` and clock are those of the scene. */
export async function outageDesk(
  scene: Scene,
  { folder, language, lift }: { folder: string; language: Language; lift: () => Promise<void> },
): Promise<OutageDesk> {
  const desk = await sitAt(scene, {
    seat: scene.bib,
    language,
    offline: { folders: [folder], alone: false },
    setTimer: sooner,
  });
  type Awaited = {
    readonly sentences: ReturnType<typeof sentencesFor>;
    readonly rows: ReturnType<typeof rowsFor>;
  };
  const awaited = new Map<string, Awaited>();
  const told = new Map<string, Acknowledged>();
  const odd: string[] = [];
  const keyOf = ({ what, item }: Doing): string => `${what} ${item}`;
  const press = async (command: CommandName): Promise<void> =>
    desk.press((keysOf(KEYMAP, command, language)[0] ?? '').toLowerCase());

  /** An operator looks at the screen all the time: whatever stands there is seen, if only for an instant. */
  desk.watch((screen) => {
    const [answer, lines] = [(screen[6] ?? '').trim(), screen.join('\n')];
    for (const [key, { sentences, rows }] of awaited) {
      if (sentences.odd.test(answer)) odd.push(`${key}: ${answer}`);
      const how = (['offline', 'online'] as const).find((one) => sentences[one].test(answer) || rows[one].test(lines));
      if (how === undefined) continue;
      told.set(key, how);
      awaited.delete(key);
    }
  });

  /** Answers what the console asks, as an operator would who wants to go on. */
  const answerQuestions = async (back: CommandName): Promise<void> => {
    for (let asked = 0; ; asked += 1) {
      const { prompt } = desk.state();
      if (!prompt) return;
      if (asked > 20) throw new Error(`no end of questions:\n${await desk.text()}`);
      const { choices } = prompt;
      if (choices.includes('answer-later')) await press(choices.includes(back) ? back : 'answer-online');
      else if (choices.includes('answer-retry')) {
        await lift();
        await press('answer-retry');
      } else if (choices.includes('answer-patron'))
        await press(/\b99/.test(prompt.title) ? 'answer-patron' : 'answer-item');
      else if (choices.includes('answer-upload')) await press('answer-upload');
      else throw new Error(`an unexpected question:\n${await desk.text()}`);
    }
  };

  const scan: OutageDesk['scan'] = async (codes, meanwhile) => {
    const scanning = desk.bytes(codes.map((code) => `${code}\r`).join(''));
    await meanwhile?.();
    await scanning;
    await answerQuestions('answer-later');
  };

  return {
    scan,
    async begin(what) {
      if (!desk.state().offline && what === 'loan') await desk.press('F2');
      await desk.press('F8');
      await answerQuestions('answer-later');
      if (what === 'return') await desk.press('F3');
      await answerQuestions('answer-later');
    },
    expects(doing) {
      awaited.set(keyOf(doing), { sentences: sentencesFor(doing, language), rows: rowsFor(doing, language) });
    },
    acknowledged: (doing) => told.get(keyOf(doing)) ?? null,
    isOffline: () => desk.state().offline !== null,
    async comeBack(uploads) {
      const back = uploads ? 'answer-upload' : 'answer-online';
      await answerQuestions(back);
      for (let tries = 0; desk.state().offline !== null; tries += 1) {
        if (tries > 40) throw new Error(`the desk does not come back:\n${await desk.text()}`);
        await desk.press('Alt+5');
        await answerQuestions(back);
      }
    },
    odd,
    errors: desk.errors,
    screen: desk.text,
    leave: desk.leave,
  };
}
