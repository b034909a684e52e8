import { Box, Text } from 'ink';
import TextInput from 'ink-text-input';
import type { ReactNode } from 'react';
import { placeName } from '../../desk/perform.ts';
import { datesIn } from '../../language/dates.ts';
import { wordsIn } from '../../language/index.ts';
import { printable } from '../../language/printable.ts';
import { cut, justify, widthOf } from '../../language/fit.ts';
import { isAvailable } from '../flows/available.ts';
import { keysOf } from '../keymap.ts';
import type { State } from '../state.ts';
import { Line, Rule } from './lines.tsx';
import { MODE, QUIET, styleOf, withoutColour } from './style.ts';

/** Modes that change what a scan means stand in the header in capitals. */
function modesOf(state: State): string[] {
  const words = wordsIn(state.language).console;
  return [
    ...(state.training ? [words.training] : []),
    ...(state.lesson ? [words.lessons.mode(state.lesson.number)] : []),
    ...(state.place?.kind === 'department' ? [words.department] : []),
    ...(state.modes.bookDrop === null ? [] : [words.modes.bookDrop]),
    ...(state.modes.inHouse && state.screen === 'scan-in' ? [words.modes.inHouse] : []),
    ...(state.silent ? [words.modes.silent] : []),
    ...(state.printerTrouble ? [words.modes.printer] : []),
    ...(state.toUpload > 0 && !state.offline ? [words.offline.toUpload(state.toUpload)] : []),
    ...(state.offline
      ? [state.offline.back ? words.offline.modeBack : words.offline.mode]
      : state.away
        ? [words.away]
        : []),
  ];
}

/** Who, where, in which mode, when. */
export function Header({ state }: { readonly state: State }): ReactNode {
  const { columns, place, staff, language, working } = state;
  const words = wordsIn(language).console;
  const modes = modesOf(state);
  const left = [` Guichet`, ...(place ? [placeName(place), printable(place.name)] : [])].join(' · ');
  const right = [
    staff ? printable(staff.name) : '',
    working ? words.working : state.away || state.offline || state.opening ? '' : words.online,
    headerMoment(state),
  ]
    .filter((one) => one !== '')
    .join('  ');
  const mode = modes.length > 0 ? ` ${modes.join(' · ')} ` : '';
  const room = columns - widthOf(mode) - 1;
  if (mode === '') return <Line text={justify(left, `  ${right} `, columns)} style={{ bold: true }} />;
  const text = justify(left, `  ${right} `, room);
  return (
    <Text wrap="truncate-end">
      <Text {...MODE}>{mode}</Text>
      <Text bold>{` ${text}`}</Text>
    </Text>
  );
}

function headerMoment({ language, timeZone, now }: State): string {
  return datesIn(language, timeZone).moment(now);
}

/** The field in which one types or scans; its keys come one at a time. */
export function FieldLine({
  state,
  onChange,
  onSubmit,
}: {
  readonly state: State;
  readonly onChange: (value: string) => void;
  readonly onSubmit: (value: string) => void;
}): ReactNode {
  const { field, prompt, overlay, focus, form, shownKeys } = state;
  const active = !prompt && !form && overlay?.kind !== 'palette' && focus === 'field';
  return (
    <Box>
      <Text bold>{` ${field.label} `}</Text>
      <Box flexGrow={1} height={1} overflow="hidden">
        {/* A list that is left gives its text back: the cursor then stands behind it, not where it was. */}
        <TextInput
          key={`${state.screen} ${state.browse.length}`}
          value={field.value}
          onChange={onChange}
          onSubmit={onSubmit}
          focus={active}
          showCursor={active}
          {...(field.masked ? { mask: '*' } : {})}
        />
      </Box>
      {shownKeys !== null && <Text inverse>{keysShown(shownKeys)}</Text>}
    </Box>
  );
}

/** The last keys pressed, as many as have room beside the field. */
const keysShown = (keys: readonly string[]): string => ` ${keys.slice(-6).join(' ').slice(-36)} `;

/** What just happened, in one place, in words that hold without colour. */
export function AnswerLine({ state }: { readonly state: State }): ReactNode {
  const { answer, columns } = state;
  return answer ? <Line text={` ${cut(answer.text, columns - 2)} `} style={styleOf(answer.tone)} /> : <Line text="" />;
}

/** Keys that matter here, and scans read = scans answered (TUI-13). Where there is no room a key is left out, never cut. */
export function KeyLine({ state }: { readonly state: State }): ReactNode {
  const { language, columns, scansRead, scansAnswered, clearsIn } = state;
  const words = wordsIn(language).console;
  const counts = `${scansRead}=${scansAnswered}`;
  const right = clearsIn === null ? `${counts} ` : `${words.patron.clearsIn(clearsIn)}  ${counts} `;
  const room = columns - widthOf(right) - 2;
  const keys = state.keymap
    .filter((one) => one.inKeyLine && isAvailable(state, one.command))
    .map(
      (one) => `${shortKey(keysOf(state.keymap, one.command, language)[0] ?? '')} ${words.command[one.command].name}`,
    )
    .reduce(
      (line, key) => (widthOf(line) + 2 + widthOf(key) > room ? line : line === '' ? key : `${line}  ${key}`),
      '',
    );
  const style = clearsIn === null ? QUIET : withoutColour({ color: 'yellow', bold: true });
  return <Line text={justify(` ${keys}`, right, columns)} style={style} />;
}

const shortKey = (key: string): string => key.replace('Ctrl+', '^');

/** Below this many rows the frame gives up its rules and two of its three lines, so that field and answer stay. */
const COMFORTABLE_ROWS = 12;

/** The frame that all screens share: header, three lines of what it is about, field, answer, list, keys. */
export function Frame({
  state,
  about,
  children,
  onChange,
  onSubmit,
}: {
  readonly state: State;
  readonly about: readonly ReactNode[];
  readonly children: ReactNode;
  readonly onChange: (value: string) => void;
  readonly onSubmit: (value: string) => void;
}): ReactNode {
  const { columns, rows } = state;
  const small = rows < COMFORTABLE_ROWS;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Box flexDirection="column" flexShrink={0}>
        <Header state={state} />
        {!small && <Rule columns={columns} />}
        {small ? about.slice(0, 1) : about}
        <FieldLine state={state} onChange={onChange} onSubmit={onSubmit} />
        <AnswerLine state={state} />
        {!small && <Rule columns={columns} />}
      </Box>
      <Box flexDirection="column" flexGrow={1} overflow="hidden">
        {children}
      </Box>
      {!small && (
        <Box flexDirection="column" flexShrink={0}>
          <Rule columns={columns} />
          <KeyLine state={state} />
        </Box>
      )}
    </Box>
  );
}

/** How many rows are left for the list between the parts of the frame, its head included. */
export const listHeight = (rows: number): number => Math.max(1, rows < COMFORTABLE_ROWS ? rows - 4 : rows - 10);
