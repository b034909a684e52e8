import type { ReactNode } from 'react';
import { wordsIn } from '../../language/index.ts';
import { columnsHere } from '../flows/columns.ts';
import type { Runtime } from '../runtime.ts';
import type { Overlay, State } from '../state.ts';
import { CHOSEN, QUIET, SIGNS } from './style.ts';
import { Pane } from './table.tsx';

/** The columns of the table that is shown: which, in which order (TUI-07). */
export function ColumnsPane({
  state,
  runtime,
  overlay,
  height,
}: {
  readonly state: State;
  readonly runtime: Runtime;
  readonly overlay: Extract<Overlay, { kind: 'columns' }>;
  readonly height: number;
}): ReactNode {
  const words = wordsIn(state.language).console.columns;
  const all = columnsHere(runtime)?.columns ?? [];
  const shown = overlay.names.flatMap((name) => all.filter((one) => one.name === name));
  const hidden = all.filter((one) => !overlay.names.includes(one.name));
  const lines = [...shown, ...hidden].map((one, index) => {
    const chosen = index === overlay.selected;
    const sign = index < shown.length ? '[x]' : '[ ]';
    return { text: ` ${chosen ? SIGNS.chosen : ' '} ${sign} ${one.head}`, style: chosen ? CHOSEN : {} };
  });
  const offset = Math.max(0, overlay.selected - height + 4);
  return (
    <Pane
      lines={[
        { text: ` ${words.title}`, style: { bold: true } },
        { text: ` ${words.keys}`, style: QUIET },
        ...lines.slice(offset),
      ]}
      offset={0}
      height={height}
    />
  );
}
