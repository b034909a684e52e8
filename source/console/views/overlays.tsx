import type { ReactNode } from 'react';
import { datesIn } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import { cut, fit, widthOf, wrap } from '../../language/fit.ts';
import { keysOf } from '../keymap.ts';
import type { CommandName, KeyPlace } from '../keymap.ts';
import type { OpenRecord, Overlay, State } from '../state.ts';
import { CHOSEN, LATE, QUIET, SIGNS } from './style.ts';
import type { Style } from './style.ts';
import { Pane } from './table.tsx';

type Lines = (string | { readonly text: string; readonly style: Style })[];

/** The letters of a prompt's answers, each with its name, on as many lines as they need. */
function choiceLines(state: State): string[] {
  const { prompt, language, columns } = state;
  const { command } = wordsIn(language).console;
  const lines: string[] = [];
  for (const one of prompt?.choices ?? []) {
    const choice = `   ${keysOf(state.keymap, one, language)[0]} ${command[one].name}`;
    const line = `${lines.at(-1) ?? ''}${choice}`;
    if (lines.length > 0 && widthOf(line) < columns) lines[lines.length - 1] = line;
    else lines.push(choice);
  }
  return lines;
}

/** The first waiting scans, as many as fit. */
function waitingLine(state: State): string {
  const { waiting, columns, language } = state;
  return waiting.length === 0
    ? ''
    : cut(
        `   ${wordsIn(language).console.prompt.waiting(waiting.length)}${waiting.slice(0, 6).map(printable).join(', ')}`,
        columns - 1,
      );
}

/** In so few rows a prompt shows its answers first. */
const SMALL_PROMPT = 7;

/** A question in the place of the list; patron and field stay in view. */
export function PromptPane({ state, height }: { readonly state: State; readonly height: number }): ReactNode {
  const { prompt, language, columns } = state;
  if (!prompt) return null;
  const words = wordsIn(language).console.prompt;
  const title: Lines = wrap(prompt.title, columns - 2).map((text) => ({ text: ` ${text}`, style: LATE }));
  const body = (state.promptWhy ? prompt.why : prompt.lines).map((text) => `   ${text}`);
  const hint = state.promptHint
    ? `   ${words.notAnAnswer(prompt.choices.map((one) => keysOf(state.keymap, one, language)[0]).join(', '))} ${words.anyAnswer}`
    : '';
  const choices: Lines = choiceLines(state).map((text) => ({ text, style: { bold: true } }));
  const foot: Lines = [
    '',
    ...choices,
    { text: hint, style: QUIET },
    { text: waitingLine(state), style: { bold: true } },
  ];
  if (height < SMALL_PROMPT) return <Pane lines={[...choices, ...title, ...body]} offset={0} height={height} />;
  const room = Math.max(1, height - title.length - foot.length);
  const top = Math.min(state.promptOffset, Math.max(0, body.length - room));
  return <Pane lines={[...title, ...body.slice(top, top + room), ...foot]} offset={0} height={height} />;
}

function section(state: State, title: string, place: KeyPlace): Lines {
  const { language } = state;
  const { command } = wordsIn(language).console;
  const lines = state.keymap
    .filter((one) => one.place === place)
    .map(
      (one) =>
        `   ${fit(keysOf(state.keymap, one.command, language).map(wordsIn(language).console.keyName).join(', '), 16)} ${fit(command[one.command].name, 19)} ${command[one.command].help}`,
    );
  return [{ text: ` ${title}`, style: { bold: true } }, ...lines, ''];
}

/** The keys of the program, from the one keymap (TUI-01). */
export function helpLines(state: State): Lines {
  const words = wordsIn(state.language).console;
  return [
    { text: ` ${words.keysTitle} · ${words.scrollHint}`, style: { bold: true } },
    ...section(state, words.keysEverywhere, 'anywhere'),
    ...section(state, words.keysHere, 'patron'),
    ...section(state, words.keysOnRows, 'row'),
    ...section(state, words.keysInLists, 'list'),
    ...section(state, words.keysInForms, 'form'),
    ...section(state, words.keysAtPrompts, 'prompt'),
    ...(state.training ? section(state, words.lessons.keysTitle, 'training') : []),
  ];
}

/** Identifiers, blocks and notes of the open record, newest first (PAT-05). */
export function detailLines(state: State, record: OpenRecord): Lines {
  const { language, timeZone, columns } = state;
  const words = wordsIn(language).console.patron;
  const desk = wordsIn(language).desk;
  const dates = datesIn(language, timeZone);
  const { pane } = record;
  const head = (text: string): Lines[number] => ({ text: ` ${text}`, style: { bold: true } });
  const orNone = (lines: string[]): string[] => (lines.length === 0 ? [`   ${words.none}`] : lines);
  const blocks = pane.blocks.flatMap((one) => {
    const until = one.until === null ? '' : dates.day(one.until);
    const what = [desk.block[`PATRON_BLOCK_${one.type}`], until, one.item?.title, one.note].filter(Boolean).join(' · ');
    return wrap(printable(what), columns - 4).map((line) => `   ${line}`);
  });
  const notes = pane.notes.flatMap((one) =>
    wrap(printable(`${dates.short(one.createdAt)} ${one.createdBy ?? ''} : ${one.text}`), columns - 4).map(
      (line) => `   ${line}`,
    ),
  );
  return [
    head(`${words.details} · ${wordsIn(language).console.scrollHint}`),
    head(words.identifiers),
    ...orNone(pane.patron.identifiers.map((one) => `   ${fit(one.type, 12)} ${printable(one.value)}`)),
    head(words.blocksTitle),
    ...orNone(blocks),
    head(words.notesTitle),
    ...orNone(notes),
  ];
}

/** *Consult the rules*: one tab of the answer, with the figures that were used (CONF-03). */
export function RulesPane({
  state,
  overlay,
  height,
}: {
  readonly state: State;
  readonly overlay: Extract<Overlay, { kind: 'rules' }>;
  readonly height: number;
}): ReactNode {
  const words = wordsIn(state.language);
  const tabs = (['loan', 'request', 'late'] as const)
    .map((tab) => (tab === overlay.tab ? `[${words.rules.tabs[tab]}]` : ` ${words.rules.tabs[tab]} `))
    .join(' ');
  const head: Lines = [
    { text: ` ${words.console.rulesScreen.title} · ${overlay.answer.subject}`, style: { bold: true } },
    { text: ` ${tabs}   ${words.console.rulesScreen.keys}`, style: QUIET },
  ];
  const lines = overlay.answer[overlay.tab].slice(overlay.offset).map((line) => `   ${line}`);
  return <Pane lines={[...head, ...lines]} offset={0} height={height} />;
}

/** Every command by name, filtered by what is typed. */
export function PalettePane({
  state,
  commands,
  selected,
  height,
}: {
  readonly state: State;
  readonly commands: readonly CommandName[];
  readonly selected: number;
  readonly height: number;
}): ReactNode {
  const { language } = state;
  const words = wordsIn(language).console;
  const room = height - 2;
  const offset = Math.max(0, selected - room + 1);
  const lines: Lines = commands.slice(offset, offset + room).map((one, index) => {
    const chosen = index + offset === selected;
    const text = ` ${chosen ? SIGNS.chosen : ' '} ${fit(words.command[one].name, 22)} ${fit(keysOf(state.keymap, one, language).join(', '), 18)} ${words.command[one].help}`;
    return { text: cut(text, state.columns), style: chosen ? CHOSEN : {} };
  });
  const field: Lines[number] = { text: ` › ${state.paletteText}_`, style: { bold: true } };
  const empty: Lines = commands.length === 0 ? [`   ${words.paletteNone}`] : [];
  return (
    <Pane
      lines={[{ text: ` ${words.paletteTitle}`, style: { bold: true } }, field, ...lines, ...empty]}
      offset={0}
      height={height}
    />
  );
}
