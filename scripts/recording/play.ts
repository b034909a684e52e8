import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Language } from '../../source/language/index.ts';
import { runInPty } from '../../test/support/pty.ts';
import type { PtyDesk } from '../../test/support/pty.ts';
import { castOf } from './cast.ts';
import type { Frame } from './cast.ts';
import { pictureOf } from './picture.ts';
import { screenOf } from './screen.ts';
import type { Screen } from './screen.ts';

/** One thing done at the console, and what is on the screen then. */
export type Move = {
  /** Bytes for the terminal. */
  readonly send?: string;
  /** Something that happens elsewhere: a database goes away. `folder`: where the recording has its files. */
  readonly act?: (folder: string) => Promise<void>;
  /** What the screen shows when the move is done. */
  readonly see: string | RegExp;
  /** How long the screen before stays, in seconds. */
  readonly after: number;
  /** The screen after this move is the picture. */
  readonly pictured?: true;
};

/** What is recorded: how the program is started, and what is done in it. */
export type Recording = {
  readonly name: string;
  readonly title: Readonly<Record<Language, string>>;
  /** What `guichet` is started with; `folder` is empty, and gone afterwards. */
  readonly args: (folder: string) => readonly string[];
  /** A text with what differs from run to run made the same: the number of a process. */
  readonly steady?: (text: string) => string;
  readonly moves: (language: Language) => Promise<readonly Move[]>;
};

export type Recorded = { readonly cast: string; readonly picture: string };

const [COLUMNS, ROWS] = [80, 24];
/** The last screen stays so long, in seconds. */
const LAST = 4;
/** Nothing drawn for so long: the screen is finished. */
const CALM_MS = 400;
/** A screen that has to come comes by then, also on a machine with much else to do. */
const PATIENCE_MS = 30_000;
/** What was there the last time comes by then, or it is not there any more. */
const KNOWN_MS = 5000;

const inTenths = (seconds: number): number => Math.round(seconds * 10) / 10;

const later = async (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

async function calm(desk: PtyDesk): Promise<void> {
  for (let before = -1; before !== desk.output().length; await later(CALM_MS)) before = desk.output().length;
}

/** Waits for something on the screen; `false`: it does not come. */
async function seen(desk: PtyDesk, wanted: Parameters<PtyDesk['see']>[0], within: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, within, false);
  });
  try {
    return await Promise.race([desk.see(wanted).then(() => true), patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** The screen as it is every time: in the place of what differs stands something that does not. */
function steadyScreen(desk: PtyDesk, { steady = (text) => text }: Recording): Screen {
  return screenOf(desk.emulator).map((runs) =>
    runs.map((run) => {
      const text = steady(run.text);
      return { ...run, text, columns: run.columns + text.length - run.text.length };
    }),
  );
}

/**
 * The finished screen after a move. What was there when it was last recorded is waited for; otherwise (or when it does not come) a
 * screen on which nothing is drawn any more is finished.
 */
async function finished(desk: PtyDesk, recording: Recording, known: Screen | undefined): Promise<Screen> {
  const isKnown = (): boolean => JSON.stringify(steadyScreen(desk, recording)) === JSON.stringify(known);
  if (known === undefined || !(await seen(desk, isKnown, KNOWN_MS))) await calm(desk);
  return steadyScreen(desk, recording);
}

async function moved(desk: PtyDesk, move: Move, folder: string): Promise<void> {
  await move.act?.(folder);
  if (move.send !== undefined) desk.write(move.send);
  if (await seen(desk, move.see, PATIENCE_MS)) return;
  throw new Error(`${String(move.see)} is not to be seen:\n${desk.screen()}`);
}

/**
 * Plays a recording in the real program, in a pseudo-terminal of 80 × 24. `known`: the screens of the last time, where there was one.
 * What it answers depends on the screens alone: no wall time is in it. Throws where something that should be seen is not.
 */
export async function play(recording: Recording, language: Language, known: readonly Screen[] = []): Promise<Recorded> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-recording-'));
  const desk = runInPty([...recording.args(folder), '--lang', language], {
    columns: COLUMNS,
    rows: ROWS,
    cwd: folder,
    env: { TMPDIR: '/tmp' },
  });
  const frames: Frame[] = [];
  let pictured: Screen | undefined;
  // What has become another screen makes other ones of those that follow: they are not waited for.
  let last = known;
  try {
    let at = 0;
    for (const move of await recording.moves(language)) {
      await moved(desk, move, folder);
      const screen = await finished(desk, recording, last[frames.length]);
      if (JSON.stringify(screen) !== JSON.stringify(last[frames.length])) last = [];
      at += frames.length === 0 ? 0 : move.after;
      frames.push({ at: inTenths(at), screen });
      if (move.pictured) pictured = screen;
    }
    const end = frames.at(-1);
    if (!end) throw new Error(`${recording.name}: nothing was recorded`);
    frames.push({ at: inTenths(end.at + LAST), screen: end.screen });
    const title = `Guichet · ${recording.title[language]}`;
    return {
      cast: castOf(frames, COLUMNS, ROWS, title),
      picture: pictureOf(pictured ?? end.screen, COLUMNS, title),
    };
  } finally {
    desk.kill('SIGKILL');
    await desk.ended;
    await rm(folder, { recursive: true, force: true });
  }
}
