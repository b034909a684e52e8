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
import { keysOf } from './keys.ts';
import { roomOf, saidLines } from './layout.ts';

/** Where the terminal stands, who has signed in, when. */
function Header({ state }: { readonly state: KioskState }): ReactNode {
  const { columns, name, who, training, language, timeZone, now, lesson } = state;
  const words = wordsIn(language);
  const modes = [
    ...(training ? [words.console.training] : []),
    ...(lesson ? [words.console.lessons.mode(lesson.number)] : []),
  ];
  const mode = modes.length > 0 ? ` ${modes.join(' · ')} ` : '';
  const right = [who === null ? '' : printable(who), datesIn(language, timeZone).moment(now)]
    .filter(Boolean)
    .join('   ');
  const text = justify(
    ` Guichet · ${printable(name)}`,
    `  ${cut(right, Math.max(0, columns - 20))} `,
    columns - widthOf(mode),
  );
  return (
    <Text wrap="truncate-end">
      {mode !== '' && <Text {...MODE}>{mode}</Text>}
      <Text bold>{text}</Text>
    </Text>
  );
}

/** As many keys as have room, none of them cut. */
const fitting = (keys: readonly string[], room: number): string =>
  keys.reduce((line, key) => {
    const longer = line === '' ? key : `${line}   ${key}`;
    return widthOf(longer) > room ? line : longer;
  }, '');

function KeyLine({ state, page }: { readonly state: KioskState; readonly page: Page }): ReactNode {
  const { columns, endsIn, language, who } = state;
  const words = wordsIn(language).kiosk;
  const keys = keysOf(state, page);
  const whole = widthOf(keys.join('   ')) + 2;
  const finish = who === null || whole + widthOf(words.keys.finish) + 2 > columns ? '' : `${words.keys.finish} `;
  const right = endsIn === null ? finish : `${words.endsIn(endsIn)} `;
  const style = endsIn === null ? QUIET : withoutColour({ color: 'yellow', bold: true });
  return <Line text={justify(` ${fitting(keys, columns - widthOf(right) - 2)}`, right, columns)} style={style} />;
}

/** The whole screen of the patrons' terminal, in the frame of the desk's: header, title, answer, page, keys. */
export function KioskApp({ store }: { readonly store: Store<KioskState> }): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);
  const { page, answer, columns, rows, working, language, lesson } = state;
  const guide = guideLines(state);
  if (page === null) {
    return (
      <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
        <Line text="" />
      </Box>
    );
  }
  const words = wordsIn(language).kiosk;
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
