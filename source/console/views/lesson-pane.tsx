import type { ReactNode } from 'react';
import { cut, justify, widthOf } from '../../language/fit.ts';
import { lessonLines, lessonRows } from '../lessons/shown.ts';
import type { State } from '../state.ts';
import { Line } from './lines.tsx';
import { MODE } from './style.ts';

/** What the lesson says, at the foot of the list: which step it is, and what is to be done. One row where there are few. */
export function LessonPane({ state }: { readonly state: State }): ReactNode {
  const { columns } = state;
  const shown = lessonLines(state);
  const rows = lessonRows(state);
  if (!shown || rows === 0) return null;
  if (rows === 1) {
    const { at, of } = state.lesson ?? { at: 0, of: 0 };
    const text = shown.lines.join(' ');
    const said = cut(` ${Math.min(at, of)}/${of} ${text}`, columns - widthOf(shown.hint) - 3);
    return <Line text={justify(said, ` ${shown.hint} `, columns)} style={MODE} />;
  }
  const head = cut(` ${shown.head}`, columns - widthOf(shown.hint) - 3);
  const lines = [...shown.lines, '', '', ''].slice(0, rows - 1);
  return (
    <>
      <Line text={justify(head, ` ${shown.hint} `, columns)} style={MODE} />
      {lines.map((line, index) => (
        // A line is its place: there is nothing else to know it by.
        // oxlint-disable-next-line react/no-array-index-key
        <Line key={`line ${index}`} text={` ${line}`} style={{ bold: true }} />
      ))}
    </>
  );
}
