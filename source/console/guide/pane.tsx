import type { ReactNode } from 'react';
import { cut, justify, widthOf } from '../../language/fit.ts';
import { Line } from '../views/lines.tsx';
import { MODE } from '../views/style.ts';
import type { LessonLines, ShownLesson } from './shown.ts';

/** What the lesson says, at the foot of the page: which step it is, and what is to be done. One row where there are few. */
export function GuidePane({
  lesson: { at, of },
  shown,
  rows,
  columns,
}: {
  readonly lesson: Pick<ShownLesson, 'at' | 'of'>;
  readonly shown: LessonLines;
  /** How many rows it takes. */
  readonly rows: number;
  readonly columns: number;
}): ReactNode {
  if (rows <= 1) {
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
