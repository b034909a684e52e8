import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { wordsIn } from '../../language/index.ts';
import { paletteCommands } from '../flows/palette.ts';
import { openDayFor } from '../flows/loan-lines.ts';
import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';
import { lessonRows } from '../lessons/shown.ts';
import { Frame, listHeight } from './frame.tsx';
import { DuePane } from './due-pane.tsx';
import { detailLines, helpLines, PalettePane, PromptPane, RulesPane } from './overlays.tsx';
import { BrowseList } from './browse-list.tsx';
import { ColumnsPane } from './columns-pane.tsx';
import { FormPane } from './form-pane.tsx';
import { ItemMatchesList, RecordList, ReturnsList, ScannedInList } from './record-lists.tsx';
import {
  bookDropHint,
  DesksList,
  MatchesList,
  patronLines,
  scanInHint,
  scanInTitle,
  SignInList,
  titleLines,
} from './screens.tsx';
import { OfflineList, offlineLines } from './offline-list.tsx';
import { Line } from './lines.tsx';
import { LessonPane } from './lesson-pane.tsx';
import { Pane } from './table.tsx';

/** What the keyboard layer hears back from fields and menus. */
export type Hears = { onChange(value: string): void; onSubmit(value: string): void; onChoose(name: string): void };

function aboutBrowse(state: State, runtime: Runtime): ReactNode[] {
  const top = state.browse.at(-1);
  if (state.record && top) {
    return [
      ...patronLines(state, state.record).slice(0, 1),
      ...titleLines(top.source.title(runtime), top.source.hint?.(runtime) ?? '').slice(0, 2),
    ];
  }
  if (!top) return titleLines('', '');
  const { title, hint, next } = top.source;
  return titleLines(title(runtime), hint?.(runtime) ?? '', next?.(runtime));
}

function aboutOf(state: State, runtime: Runtime): ReactNode[] {
  const words = wordsIn(state.language).console;
  switch (state.screen) {
    case 'sign-in':
      return titleLines(words.signIn.title, state.given[0] ? `${words.signIn.name} ${state.given[0]}` : '');
    case 'first-administrator':
      return titleLines(words.signIn.first, state.given[0] ? `${words.signIn.name} ${state.given[0]}` : '');
    case 'choose-desk':
      return titleLines(words.desk.title, words.desk.hint);
    case 'identify':
      return titleLines(words.identify.title, words.identify.hint);
    case 'returns':
      return titleLines(words.returning.title, bookDropHint(state));
    case 'scan-in':
      return titleLines(scanInTitle(state), scanInHint(state));
    case 'browse':
      return aboutBrowse(state, runtime);
    case 'offline':
      return state.offline ? offlineLines(state, state.offline, runtime.keyFor('work-offline')) : titleLines('', '');
    case 'rules':
      return titleLines(words.rulesScreen.title, state.given[0] ?? words.rulesScreen.hint);
    case 'patron':
      return state.record ? patronLines(state, state.record) : titleLines('', '');
  }
}

function listOf(state: State, runtime: Runtime, height: number, hears: Hears): ReactNode {
  const { overlay, record } = state;
  const top = state.browse.at(-1);
  if (state.prompt) return <PromptPane state={state} height={height} />;
  if (state.form) return <FormPane state={state} form={state.form} height={height} />;
  if (overlay?.kind === 'help') return <Pane lines={helpLines(state)} offset={overlay.offset} height={height} />;
  if (overlay?.kind === 'details' && record)
    return <Pane lines={detailLines(state, record)} offset={overlay.offset} height={height} />;
  if (overlay?.kind === 'lines')
    return (
      <Pane
        lines={[{ text: ` ${overlay.title}`, style: { bold: true } }, ...overlay.lines.map((line) => `   ${line}`)]}
        offset={overlay.offset}
        height={height}
      />
    );
  if (overlay?.kind === 'rules') return <RulesPane state={state} overlay={overlay} height={height} />;
  if (overlay?.kind === 'due')
    return (
      <DuePane state={state} choice={overlay.choice} openDay={openDayFor(runtime, overlay.choice)} height={height} />
    );
  if (overlay?.kind === 'columns')
    return <ColumnsPane state={state} runtime={runtime} overlay={overlay} height={height} />;
  if (overlay?.kind === 'palette')
    return (
      <PalettePane state={state} commands={paletteCommands(runtime)} selected={overlay.selected} height={height} />
    );
  if (state.itemMatches) return <ItemMatchesList state={state} matches={state.itemMatches} height={height} />;
  switch (state.screen) {
    case 'sign-in':
    case 'first-administrator':
      return <SignInList state={state} height={height} />;
    case 'choose-desk':
      return <DesksList state={state} height={height} onChoose={hears.onChoose} />;
    case 'identify':
      return <MatchesList state={state} height={height} />;
    case 'rules':
      return <Pane lines={[]} offset={0} height={height} />;
    case 'returns':
      return <ReturnsList state={state} height={height} />;
    case 'scan-in':
      return <ScannedInList state={state} height={height} />;
    case 'browse':
      return top ? <BrowseList state={state} runtime={runtime} top={top} height={height} /> : null;
    case 'offline':
      return state.offline ? <OfflineList state={state} offline={state.offline} height={height} /> : null;
    case 'patron':
      return record ? <RecordList state={state} record={record} height={height} /> : null;
  }
}

/** The whole screen: a view of the state, nothing else. */
export function App({ runtime, hears }: { readonly runtime: Runtime; readonly hears: Hears }): ReactNode {
  const state = useSyncExternalStore(runtime.store.subscribe, runtime.store.get, runtime.store.get);
  if (state.blank) return <Line text="" />;
  const height = Math.max(1, listHeight(state.rows) - lessonRows(state));
  return (
    <Frame state={state} about={aboutOf(state, runtime)} onChange={hears.onChange} onSubmit={hears.onSubmit}>
      {listOf(state, runtime, height, hears)}
      <LessonPane state={state} />
    </Frame>
  );
}
