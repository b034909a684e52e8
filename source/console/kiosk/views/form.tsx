import type { ReactNode } from 'react';
import { cut, fit, widthOf, wrap } from '../../../language/fit.ts';
import { wordsIn } from '../../../language/index.ts';
import { printable } from '../../../language/printable.ts';
import { problemIn } from '../../form.ts';
import type { FormField } from '../../form.ts';
import { CURSOR } from '../../views/form-pane.tsx';
import { Line } from '../../views/lines.tsx';
import { CHOSEN, LATE, QUIET, SIGNS } from '../../views/style.ts';
import type { FormPage, KioskState, Page } from '../state.ts';
import { bodyRows, isTight, roomOf } from './layout.ts';

const LABEL_WIDTH = 28;

/** The part of what is typed that is shown, with the cursor in it; a password as stars. */
function typed(value: string, cursor: number | null, masked: boolean, room: number): string {
  const characters = masked ? Array.from(value, () => '*') : Array.from(value);
  if (cursor === null) return cut(printable(characters.join('')), room);
  const after = printable(characters.slice(cursor).join(''));
  let before = printable(characters.slice(0, cursor).join(''));
  while (widthOf(before) > room - 2) before = Array.from(before).slice(1).join('');
  return cut(`${before}${CURSOR}${after}`, room);
}

function valueText(state: KioskState, field: FormField, cursor: number | null, room: number): string {
  const words = wordsIn(state.language).console.form;
  if (field.kind === 'yes-no') return field.value ? `[x] ${words.yes}` : `[ ] ${words.no}`;
  if (field.kind === 'choice') {
    const label = printable(field.options.find((one) => one.value === field.value)?.label ?? '');
    return cut(cursor !== null && field.options.length > 1 ? `< ${label} >` : label, room);
  }
  const text = typed(field.value, cursor, field.masked === true, room);
  const meaning = field.means?.(field.value.trim());
  return meaning === undefined ? text : cut(`${text}  ${printable(meaning)}`, room);
}

/** A form: a line for each field, its button, and what is expected or wrong below. */
export function FormBody({
  state,
  page,
  body,
}: {
  readonly state: KioskState;
  readonly page: Page;
  readonly body: FormPage;
}): ReactNode {
  const { columns } = state;
  const { form, onSubmit } = body;
  const labelWidth = Math.min(LABEL_WIDTH, Math.floor(columns * 0.4));
  const room = Math.max(10, columns - labelWidth - 8);
  const tight = isTight(state, page);
  const focused = onSubmit ? undefined : form.fields[form.focused];
  // What is being typed comes before what was wrong elsewhere.
  const wrong = (focused && problemIn(focused)) ?? form.problem?.text;
  const said = wrap(
    wrong === undefined ? (focused && 'hint' in focused ? (focused.hint ?? '') : '') : `! ${wrong}`,
    roomOf(state),
  ).slice(0, 3);
  // Fields, a blank line, the button, a blank line, what is said.
  const rows = Math.max(1, bodyRows(state, page) - 3 - Math.max(1, said.length));
  const gap = rows >= form.fields.length * 2;
  const shown = gap ? Math.floor(rows / 2) : rows;
  const first = Math.max(0, Math.min(form.focused - Math.max(0, shown - 2), form.fields.length - shown));
  const below = form.fields.length - first - shown;
  return (
    <>
      {gap && <Line text="" />}
      {form.fields.slice(first, tight && onSubmit ? first : first + shown).flatMap((field, index) => {
        const isHere = !onSubmit && first + index === form.focused;
        const isWrong = form.problem?.field === field.name || (!isHere && problemIn(field) !== undefined);
        const value = valueText(state, field, isHere ? form.cursor : null, room);
        const text = ` ${isHere ? SIGNS.chosen : ' '} ${fit(field.label, labelWidth)} ${isWrong ? '! ' : ''}${value}`;
        const style = isHere ? CHOSEN : isWrong ? LATE : {};
        return [
          <Line key={field.name} text={fit(text, columns - 1)} style={style} />,
          ...(gap ? [<Line key={`${field.name} gap`} text="" />] : []),
        ];
      })}
      {!gap && !tight && (
        <Line text={below > 0 ? ` ${wordsIn(state.language).kiosk.moreBelow(below)}` : ''} style={QUIET} />
      )}
      {(!tight || onSubmit) && (
        <Line
          text={`   ${onSubmit ? `${SIGNS.chosen} ` : '  '}[ ${body.submit} ]`}
          style={onSubmit ? { ...CHOSEN, bold: true } : { bold: true }}
        />
      )}
      {!tight && <Line text="" />}
      {said.map((line) => (
        <Line key={line} text={` ${line}`} style={wrong === undefined ? QUIET : LATE} />
      ))}
    </>
  );
}
