import type { ReactNode } from 'react';
import { GuidePane } from '../guide/pane.tsx';
import { lessonLines, lessonRows } from '../lessons/shown.ts';
import type { State } from '../state.ts';

/** What the lesson says, at the foot of the list. */
export function LessonPane({ state }: { readonly state: State }): ReactNode {
  const { columns, lesson } = state;
  const shown = lessonLines(state);
  const rows = lessonRows(state);
  if (!shown || !lesson || rows === 0) return null;
  return <GuidePane lesson={lesson} shown={shown} rows={rows} columns={columns} />;
}
