import { Text } from 'ink';
import type { ReactNode } from 'react';
import { SIGNS } from './style.ts';
import type { Style } from './style.ts';

const PLAIN: Style = {};

/** One line of the screen: never wraps, never takes more than its row. */
export function Line({ text, style = PLAIN }: { readonly text: string; readonly style?: Style }): ReactNode {
  return (
    <Text wrap="truncate-end" {...style}>
      {text === '' ? ' ' : text}
    </Text>
  );
}

/** A rule across the screen. */
export function Rule({ columns }: { readonly columns: number }): ReactNode {
  return <Line text={SIGNS.rule.repeat(columns)} style={{ dimColor: true }} />;
}
