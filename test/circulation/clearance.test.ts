import { describe, expect, it } from 'vitest';
import type { PatronBlockFact } from '../../source/circulation/blocks.ts';
import { clearanceObstacles, isClearanceBarcode } from '../../source/circulation/clearance.ts';
import type { ClearanceFactsOfPatron, OpenLoanFact } from '../../source/circulation/clearance.ts';
import { local } from '../support/house.ts';

const nothing: ClearanceFactsOfPatron = {
  now: local('2026-06-01T10:00'),
  timeZone: 'Europe/Paris',
  loans: { count: 0, late: 0, first: [] },
  blocks: [],
  deactivated: false,
};
const loan = (barcode: string, due: string): OpenLoanFact => ({
  barcode,
  title: `Title ${barcode}`,
  library: 'sci',
  due: local(due),
  lateFrom: local(due),
});
const block = (type: PatronBlockFact['type'], until: string | null = null): PatronBlockFact => ({
  type,
  until,
  note: null,
  library: 'sci',
  item: null,
});
const codes = (facts: Partial<ClearanceFactsOfPatron>): string[] =>
  clearanceObstacles({ ...nothing, ...facts }).map((one) => one.code);

describe('a clearance', () => {
  it('QUI-01 can be given to who has nothing and owes nothing', () => {
    expect(codes({})).toEqual([]);
  });

  it('QUI-01 is hindered by every open loan, late ones said by themselves with their days', () => {
    const first = [loan('B1', '2026-05-28T19:00'), loan('B2', '2026-06-22T19:00')];
    const found = clearanceObstacles({ ...nothing, loans: { count: 2, late: 1, first } });
    const [late, open] = first.map(({ barcode, title, library, due }) => ({ barcode, title, library, due }));
    expect(found).toEqual([
      { code: 'OPEN_LOANS', count: 2, loans: [late, open] },
      { code: 'LATE_LOANS', count: 1, loans: [{ ...late, daysLate: 4 }] },
    ]);
  });

  it('QUI-01 is hindered by blocks in force other than those for late returns', () => {
    expect(codes({ blocks: [block('LATE_RETURN', '2026-07-05')] })).toEqual([]);
    expect(codes({ blocks: [block('MANUAL', '2026-05-31')] })).toEqual([]);
    expect(codes({ blocks: [block('MANUAL', '2026-06-01')] })).toEqual(['BLOCKED']);
    const late = block('LATE_RETURN', '2026-07-05');
    const manual = block('MANUAL');
    expect(clearanceObstacles({ ...nothing, blocks: [late, manual] })).toEqual([{ code: 'BLOCKED', blocks: [manual] }]);
  });

  it('QUI-02 QUI-03 is given once: by a block, or by the end of the record', () => {
    const given = block('QUITUS');
    expect(clearanceObstacles({ ...nothing, blocks: [given] })).toEqual([
      { code: 'ALREADY_ISSUED', blocks: [given], deactivated: false },
    ]);
    expect(clearanceObstacles({ ...nothing, deactivated: true })).toEqual([
      { code: 'ALREADY_ISSUED', blocks: [], deactivated: true },
    ]);
  });

  it('QUI-01 says everything that is missing at once', () => {
    const loans = { count: 1, late: 1, first: [loan('B1', '2026-05-28T19:00')] };
    const blocks = [block('QUITUS'), block('MANUAL')];
    expect(codes({ loans, blocks })).toEqual(['OPEN_LOANS', 'LATE_LOANS', 'BLOCKED', 'ALREADY_ISSUED']);
  });

  it('QUI-02 is asked for by one barcode, in any case', () => {
    expect(['quitus', 'QUITUS', ' Quitus '].every(isClearanceBarcode)).toBe(true);
    expect(['quitus1', 'quit us', ''].some(isClearanceBarcode)).toBe(false);
  });
});
