import { Box, Text } from 'ink';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { cut, fit, justify, widthOf } from '../../../language/fit.ts';
import { datesIn } from '../../../language/dates.ts';
import { wordsIn } from '../../../language/index.ts';
import { printable } from '../../../language/printable.ts';
import type { Store } from '../../store.ts';
import { GuidePane } from '../../guide/pane.tsx';
import { Line, Rule } from '../../views/lines.tsx';
import { Pane } from '../../views/table.tsx';
import { LATE, MODE, QUIET, styleOf, withoutColour } from '../../views/style.ts';
import { guideLines, guideRows } from '../lesson/shown.ts';
import type { KioskState, Page } from '../state.ts';
import { Body } from './bodies.tsx';
import { keysOf, TELLINGS } from './keys.ts';
import { roomOf, saidLines } from './layout.ts';

/** So many columns always have a clock. */
const ROOMY_COLUMNS = 80;

/** Two texts in one room: where it is too small for both, the longer one gives way, down to half of it. */
function shared(one: string, other: string, room: number): [string, string] {
  const half = Math.floor(room / 2);
  const [first, second] = [widthOf(one), widthOf(other)];
  if (first + second <= room) return [one, other];
  if (first <= half) return [one, cut(other, room - first)];
  if (second <= half) return [cut(one, room - second), other];
  return [cut(one, half), cut(other, room - half)];
}

/** Where the terminal stands, who has signed in, when. */
function Header({ state }: { readonly state: KioskState }): ReactNode {
  const { columns, name, who, training, language, timeZone, now, lesson } = state;
  const words = wordsIn(language);
  const modes = [
    ...(training ? [words.console.training] : []),
    ...(lesson ? [words.console.lessons.mode(lesson.number)] : []),
  ];
  const mode = modes.length > 0 ? ` ${modes.join(' · ')} ` : '';
  const [room, program] = [columns - widthOf(mode), name === '' ? ' Guichet' : ' Guichet · '];
  const [whole, reading] = [
    `${printable(name)}${printable(who ?? '')}`,
    `   ${datesIn(language, timeZone).moment(now)}`,
  ];
  // In a small window names go before the clock.
  const clock = columns >= ROOMY_COLUMNS || widthOf(`${program}  ${reading} ${whole}`) <= room ? reading : '';
  const [here, reader] = shared(printable(name), printable(who ?? ''), room - widthOf(`${program}  ${clock} `));
  const text = justify(`${program}${here}`, `  ${reader}${clock} `, room);
  return (
    <Text wrap="truncate-end">
      {mode !== '' && <Text {...MODE}>{mode}</Text>}
      <Text bold>{text}</Text>
    </Text>
  );
}

/** As many keys as have room, none of them cut; the one that goes back is always among them. */
function fitting(keys: readonly string[], back: string, room: number): string {
  const join = (line: string, key: string): string => (line === '' ? key : `${line}   ${key}`);
  const isIn = (line: string): boolean => widthOf(line) <= room;
  if (isIn(keys.join('   '))) return keys.join('   ');
  const others = keys.filter((key) => key !== back);
  return join(
    others.reduce((line, key) => (isIn(join(join(line, key), back)) ? join(line, key) : line), ''),
    back,
  ).trimEnd();
}

function KeyLine({ state, page }: { readonly state: KioskState; readonly page: Page }): ReactNode {
  const { columns, endsIn, language, who } = state;
  const words = wordsIn(language).kiosk;
  const end = who === null ? '' : `${words.keys.finish} `;
  // Whoever has signed in is told how to leave: for that the other keys may be told in fewer words.
  const tellings = TELLINGS.map((telling) => keysOf(state, page, telling));
  const told = tellings.find((keys) => widthOf(keys.join('   ')) + 2 + widthOf(end) + 1 <= columns);
  const keys = told ?? keysOf(state, page, 'brief');
  const finish = told ? end : '';
  const back = page.back === null ? '' : words.keys.escape(page.back);
  const right = endsIn === null ? finish : `${words.endsIn(endsIn)} `;
  const style = endsIn === null ? QUIET : withoutColour({ color: 'yellow', bold: true });
  return <Line text={justify(` ${fitting(keys, back, columns - widthOf(right) - 2)}`, right, columns)} style={style} />;
}

/** The whole screen of the patrons' terminal, in the frame of the desk's: header, title, answer, page, keys. */
export function KioskApp({ store }: { readonly store: Store<KioskState> }): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);
  const { page, answer, columns, rows, working, language, lesson } = state;
  const guide = guideLines(state);
  const words = wordsIn(language).kiosk;
  if (page === null) {
    return (
      <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
        <Line text={working ? ` ${words.working}` : ''} />
      </Box>
    );
  }
  const said = working ? { tone: 'information' as const, text: words.working } : answer;
  const sentences = saidLines(state, page).map((line) => (line === '' ? '' : ` ${printable(line)}`));
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Box flexDirection="column" flexShrink={0}>
        <Header state={state} />
        <Rule columns={columns} />
        <Line text={` ${fit(printable(page.title), columns - 2)}`} style={{ bold: true }} />
        <Pane lines={sentences} offset={0} height={sentences.length} />
        {said ? (
          <Line
            text={` ${cut(printable(said.text), roomOf(state))} `}
            style={said.tone === 'refusal' ? LATE : styleOf(said.tone)}
          />
        ) : (
          <Line text="" />
        )}
        <Rule columns={columns} />
      </Box>
      <Box flexDirection="column" flexGrow={1} overflow="hidden">
        {/* What has no room is cut off below, never squeezed. */}
        <Box flexDirection="column" flexShrink={0}>
          <Body state={state} page={page} />
        </Box>
      </Box>
      <Box flexDirection="column" flexShrink={0}>
        {guide && lesson && <GuidePane lesson={lesson} shown={guide} rows={guideRows(state)} columns={columns} />}
        <Rule columns={columns} />
        <KeyLine state={state} page={page} />
      </Box>
    </Box>
  );
}
