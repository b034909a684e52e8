import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { aroundTitle, cut, fit, justify, widthOf, wrap } from '../../source/language/fit.ts';
import { Table } from '../../source/console/views/table.tsx';
import type { Column } from '../../source/console/views/table.tsx';

type Row = { readonly title: string; readonly barcode: string };
const columns: Column<Row>[] = [
  { head: 'Title', width: 0, cell: (row) => row.title },
  { head: 'Barcode', width: 8, cell: (row) => row.barcode },
];

function frameOf(rows: readonly Row[], chosen: number, height: number): string[] {
  const { lastFrame, unmount } = render(
    <Table
      columns={columns}
      rows={rows}
      keyOf={(row) => row.barcode}
      chosen={chosen}
      width={40}
      height={height}
      empty="nothing"
    />,
  );
  const frame = lastFrame() ?? '';
  unmount();
  return frame.split('\n');
}

describe('the table that all screens share', () => {
  it('TUI-04 keeps its columns in line, wide characters included, and fills its height', () => {
    const frame = frameOf(
      [
        { title: '線形代数 入門', barcode: 'B1' },
        { title: 'A very long title that does not fit at all', barcode: 'B2' },
      ],
      1,
      5,
    );
    expect(frame).toHaveLength(5);
    const columnOf = (line: string, text: string) => widthOf(line.slice(0, line.indexOf(text)));
    expect(columnOf(frame[1] ?? '', 'B1')).toBe(columnOf(frame[2] ?? '', 'B2'));
    expect(frame[2]).toMatch(/^ ▸ A very long .*… B2/);
  });

  it('TUI-04 says so when it is empty, and cuts what does not fit', () => {
    expect(frameOf([], -1, 4)[1]).toContain('nothing');
    const many = Array.from({ length: 9 }, (_, index) => ({ title: `T${index}`, barcode: `B${index}` }));
    expect(frameOf(many, 0, 4).join('\n')).not.toContain('T3');
  });
});

describe('fitting texts into cells', () => {
  it('TUI-04 cuts, fills, justifies and wraps by cells, not by characters', () => {
    expect(cut('線形代数', 5)).toBe('線形…');
    expect(widthOf(fit('線', 5))).toBe(5);
    expect(justify('left', 'right', 12)).toBe('left   right');
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(cut('👩‍👩‍👧 family', 4)).toBe('👩‍👩‍👧 …');
  });

  it('TAB-01 in an answer the title gives way, never the due date', () => {
    const text = aroundTitle((title) => `LENT · ${title} · due Mon 22 June`, 'x'.repeat(200), 40);
    expect(text).toMatch(/· due Mon 22 June$/);
    expect(widthOf(text)).toBeLessThanOrEqual(40);
  });
});
