import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { cut, fit, widthOf, wrap } from '../../../language/fit.ts';
import { wordsIn } from '../../../language/index.ts';
import { printable } from '../../../language/printable.ts';
import { Line } from '../../views/lines.tsx';
import { Pane } from '../../views/table.tsx';
import { CHOSEN, LATE, QUIET, SIGNS, withoutColour } from '../../views/style.ts';
import type { Style } from '../../views/style.ts';
import type { Entry, KioskState, ListPage, MenuPage, Page, TextPage } from '../state.ts';
import { keysOf } from './keys.ts';
import { FormBody } from './form.tsx';
import { bodyRows, entryRows, isRoomy, isTight, linesOf, roomOf, textRows } from './layout.ts';

type Props<Part> = { readonly state: KioskState; readonly page: Page; readonly body: Part };

/** Whoever listens hears the keys, which others read in the last line. */
const ListenedKeys = ({ state, page }: { readonly state: KioskState; readonly page: Page }): ReactNode =>
  state.listened ? <Line text={` ${keysOf(state, page).join('   ')}`} /> : null;

function MenuBody({ state, page, body }: Props<MenuPage>): ReactNode {
  const { columns } = state;
  const { choices, chosen } = body;
  const rows = bodyRows(state, page) - (isRoomy(state) ? 1 : 0);
  const gap = rows >= choices.length * 2;
  // Where there is no room for all, those about the chosen one are shown.
  const shown = Math.min(choices.length, Math.max(1, rows));
  const first = Math.max(0, Math.min(chosen - Math.floor(shown / 2), choices.length - shown));
  return (
    <>
      {isRoomy(state) && <Line text="" />}
      {choices.slice(first, first + shown).flatMap(({ id, label }, at) => {
        const index = first + at;
        const isChosen = index === chosen;
        const number = index < 9 ? `${index + 1}` : ' ';
        const text = ` ${isChosen ? SIGNS.chosen : ' '} ${number}  ${printable(label)} `;
        return [
          <Line key={id} text={fit(text, columns - 1)} style={isChosen ? { ...CHOSEN, bold: true } : { bold: true }} />,
          ...(gap ? [<Line key={`${id} gap`} text="" />] : []),
        ];
      })}
      <ListenedKeys state={state} page={page} />
    </>
  );
}

/** Columns of a title that somebody who listens knows it by. */
const LEAST_HEARD = 60;

const TONES: Readonly<Record<NonNullable<Entry['tone']>, Style>> = {
  late: LATE,
  done: withoutColour({ color: 'green', bold: true }),
};

/** The end of what is typed, where one types on. */
function endOf(text: string, width: number): string {
  const characters = Array.from(text);
  while (characters.length > 0 && widthOf(characters.join('')) > width) characters.shift();
  return characters.join('');
}

/** An entry in one line, which is said whole when it is chosen; its first part gives way, the rest is what one wants to hear. */
function heardEntry({ lines }: Entry, room: number): string {
  const [first = '', ...more] = lines.map((line) => printable(line));
  const rest = more.map((line) => ` · ${line}`).join('');
  return cut(`${cut(first, Math.max(LEAST_HEARD, room - widthOf(rest)))}${rest}`, room);
}

function ListBody({ state, page, body }: Props<ListPage>): ReactNode {
  const { columns } = state;
  const words = wordsIn(state.language).kiosk;
  const each = entryRows(state, body);
  const { entries, offset, total, chosen, field } = body;
  const place = total > entries.length ? words.place(offset + 1, offset + entries.length, total, body.more) : '';
  return (
    <>
      {field && (
        <>
          <Box>
            <Text bold>{` ${field.label} `}</Text>
            <Text>{endOf(printable(field.value), columns - widthOf(field.label) - 4)}</Text>
            <Text inverse> </Text>
          </Box>
          {!isTight(state, page) && <Line text={` ${field.hint}`} style={QUIET} />}
        </>
      )}
      {total === 0 && wrap(body.empty, roomOf(state)).map((line) => <Line key={line} text={` ${printable(line)}`} />)}
      {entries.flatMap((entry, index) => {
        const isChosen = offset + index === chosen;
        const tone = entry.tone ? TONES[entry.tone] : {};
        const [first = '', ...more] = state.listened
          ? [heardEntry(entry, columns - 6)]
          : entry.lines.map((line) => cut(printable(line), columns - 6));
        const below = more.map((line, at) => ({ text: `     ${line}`, style: at === 0 ? tone : {} }));
        return [
          <Line
            key={`${entry.id} first`}
            text={fit(` ${isChosen ? SIGNS.chosen : ' '} ${first}`, columns - 1)}
            style={{ bold: true, ...(isChosen ? CHOSEN : {}) }}
          />,
          ...(each > 1 ? [<Pane key={`${entry.id} more`} lines={below} offset={0} height={each - 1} />] : []),
        ];
      })}
      {place !== '' && <Line text={` ${place}`} style={QUIET} />}
      <ListenedKeys state={state} page={page} />
    </>
  );
}

function TextBody({ state, page, body }: Props<TextPage>): ReactNode {
  const lines = linesOf(state, body.lines);
  const rows = textRows(state, page);
  // In a window that has become larger there may be less to be read on.
  const offset = Math.max(0, Math.min(body.offset, lines.length - rows));
  const left = lines.length - offset - rows;
  return (
    <>
      {lines.slice(offset, offset + rows).map((line, index) => (
        <Line key={`line ${offset + index}`} text={line === '' ? '' : ` ${line}`} />
      ))}
      {left > 0 && <Line text={` ${wordsIn(state.language).kiosk.moreBelow(left)}`} style={QUIET} />}
      <ListenedKeys state={state} page={page} />
    </>
  );
}

/** What a page holds. */
export function Body({ state, page }: { readonly state: KioskState; readonly page: Page }): ReactNode {
  const { body } = page;
  switch (body.kind) {
    case 'menu':
      return <MenuBody state={state} page={page} body={body} />;
    case 'list':
      return <ListBody state={state} page={page} body={body} />;
    case 'form':
      return (
        <>
          <FormBody state={state} page={page} body={body} />
          <ListenedKeys state={state} page={page} />
        </>
      );
    case 'text':
      return <TextBody state={state} page={page} body={body} />;
  }
}
