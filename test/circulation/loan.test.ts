import { describe, expect, it } from 'vitest';
import { BLOCK_CODES } from '../../source/circulation/blocks.ts';
import type { BlockCode, PatronBlockFact } from '../../source/circulation/blocks.ts';
import type { ItemFacts, PatronFacts, ProcessType } from '../../source/circulation/loan.ts';
import { patronWarnings } from '../../source/circulation/loan.ts';
import type { BlockType, Network } from '../../source/circulation/network.ts';
import { codesOf, decide, student } from '../support/facts.ts';
import { local, said } from '../support/house.ts';
import { hours, network, smallNetwork, withLibrary } from '../support/network.ts';

const TODAY = '2026-06-10T10:00';
const open = (patronId: number, due = '2026-06-22T19:00') => ({
  patronId,
  patron: `Patron ${patronId}`,
  due: local(due),
  lateFrom: local(`${due.slice(0, 10)}T00:00`) + 86_400_000,
});
const late = { barcode: 'B2', title: 'Mécanique quantique', library: 'buc', due: local('2026-06-05T20:00') };
const blocked = (type: BlockType): PatronBlockFact => ({
  type,
  until: '2026-07-05',
  note: null,
  library: null,
  item: null,
});
const hold = { patronId: 2, patron: 'Dupont Luc', until: '2026-06-12', library: 'sci' };
const copy = { barcode: 'B8', title: 'Algèbre', due: local('2026-06-22T19:00') };

type Case = { patron?: Partial<PatronFacts>; item?: Partial<ItemFacts>; network?: Network };

/** One case for each code that the rules can give; those of unknown things are the action's. */
const ONE_EACH: Partial<Record<BlockCode, Case>> = {
  PATRON_EXPIRED: { patron: { expiry: '2026-06-09' } },
  PATRON_INACTIVE: { patron: { status: 'inactive' } },
  PATRON_GROUP_NOT_ALLOWED: { patron: { group: 'PEB' }, item: { library: 'buc', location: 'buc/SALLE' } },
  PATRON_OVERDUE: { patron: { late: { count: 1, loans: [late] } } },
  PATRON_BLOCK_LATE_RETURN: { patron: { blocks: [blocked('LATE_RETURN')] } },
  PATRON_BLOCK_MANUAL: { patron: { blocks: [blocked('MANUAL')] } },
  PATRON_BLOCK_QUITUS: { patron: { blocks: [blocked('QUITUS')] } },
  LOAN_LIMIT: { network: network({ limits: [{ max: 0 }] }) },
  NOT_LOANABLE: { item: { policy: 'EXC' } },
  ON_LOAN_TO_OTHER: { item: { process: 'LOAN', openLoan: open(2) } },
  ON_LOAN_TO_SAME: { item: { process: 'LOAN', openLoan: open(1) } },
  HELD_FOR_OTHER: { item: { process: 'HOLDSHELF', hold } },
  SAME_TITLE: { item: { sameTitle: [copy] } },
  DUE_AFTER_EXPIRY: { patron: { expiry: '2026-06-30' } },
  ITEM_IN_TRANSIT: {
    item: { process: 'TRANSIT', transit: { from: 'buc', to: 'sci', since: local('2026-06-09T10:00') } },
  },
  ITEM_MISSING: { item: { process: 'MISSING' } },
  ITEM_LOST: { item: { process: 'LOST_LOAN', openLoan: open(2) } },
  ITEM_IN_PROCESS: { item: { process: 'ACQ', department: 'ACQ' } },
};
const CASES = Object.entries(ONE_EACH);

describe('what stands against a loan', () => {
  it('BLK-01 nothing, for an ordinary book and an ordinary student', () => {
    const decision = decide('2026-06-01T10:00');
    expect(decision.blocks).toEqual([]);
    expect(decision.shortened).toBeNull();
    expect(said(decision.due.due)).toBe('2026-06-22T19:00');
    expect(decision.terms.row).toBe(5);
  });

  it.each(CASES)('BLK-01 %s alone', (code, given) => {
    expect(codesOf(decide(TODAY, given))).toEqual([code]);
  });

  it('BLK-01 every code of the list but those of unknown things has its case', () => {
    expect(BLOCK_CODES.filter((code) => !(code in ONE_EACH))).toEqual(['ITEM_UNKNOWN', 'PATRON_UNKNOWN']);
  });

  it('BLK-01 all together, each once, in the public order', () => {
    const blocks = (['QUITUS', 'MANUAL', 'LATE_RETURN', 'MANUAL'] as const).map(blocked);
    const decision = decide(TODAY, {
      patron: { expiry: '2026-06-30', status: 'inactive', late: { count: 1, loans: [late] }, blocks },
      item: { location: 'sci/CLOSED', openLoan: open(2), hold, sameTitle: [copy], process: 'MISSING' },
      network: network({ limits: [{ max: 0 }, { library: ['sci'], max: 0 }] }),
    });
    expect(codesOf(decision)).toEqual([
      'PATRON_INACTIVE',
      'PATRON_OVERDUE',
      'PATRON_BLOCK_LATE_RETURN',
      'PATRON_BLOCK_MANUAL',
      'PATRON_BLOCK_QUITUS',
      'LOAN_LIMIT',
      'NOT_LOANABLE',
      'ON_LOAN_TO_OTHER',
      'HELD_FOR_OTHER',
      'SAME_TITLE',
      'ITEM_MISSING',
    ]);
    expect(decision.blocks.map((one) => one.total)).toEqual([1, 1, 1, 2, 1, 2, 1, 1, 1, 1, 1]);
  });

  it('BLK-01 the facts: which item is late and by how many days, and how many there are in all', () => {
    const [block] = decide(TODAY, { patron: { late: { count: 37, loans: [late] } } }).blocks;
    expect(block).toEqual({ code: 'PATRON_OVERDUE', total: 37, facts: [{ ...late, daysLate: 5 }] });
  });

  it('BLK-01 the facts: who has it, until when, how late', () => {
    const [block] = decide(TODAY, { item: { process: 'LOAN', openLoan: open(2, '2026-06-08T19:00') } }).blocks;
    expect(block?.facts).toEqual([{ patron: 'Patron 2', due: local('2026-06-08T19:00'), daysLate: 2 }]);
  });

  it('BLK-01 the facts: for whom it is held, where it travels, in which department it is', () => {
    const factsOf = (item: Partial<ItemFacts>) => decide(TODAY, { item }).blocks[0]?.facts;
    expect(factsOf({ process: 'HOLDSHELF', hold })).toEqual([
      { patron: 'Dupont Luc', until: '2026-06-12', library: 'sci' },
    ]);
    const transit = { from: 'buc', to: 'sci', since: local('2026-06-09T10:00') };
    expect(factsOf({ process: 'TRANSIT', transit })).toEqual([transit]);
    expect(factsOf({ process: 'TRANSIT' })).toEqual([{ from: null, to: null, since: null }]);
    expect(factsOf({ process: 'WORK_ORDER_DEPARTMENT', department: 'REL' })).toEqual([
      { process: 'WORK_ORDER_DEPARTMENT', department: 'REL' },
    ]);
  });

  it('BLK-09 a hold of one’s own is no block', () => {
    expect(codesOf(decide(TODAY, { item: { process: 'HOLDSHELF', hold: { ...hold, patronId: 1 } } }))).toEqual([]);
  });
});

describe('what another block says already', () => {
  it('DUE_AFTER_EXPIRY beside PATRON_EXPIRED', () => {
    const decision = decide(TODAY, { patron: { expiry: '2026-06-09' } });
    expect(codesOf(decision)).toEqual(['PATRON_EXPIRED']);
    expect(decision.shortened).toBeNull();
  });
  it('ON_LOAN_TO_OTHER beside ITEM_LOST', () => {
    expect(codesOf(decide(TODAY, { item: { process: 'LOST_LOAN', openLoan: open(2) } }))).toEqual(['ITEM_LOST']);
  });
  it('but ON_LOAN_TO_SAME stays beside ITEM_LOST', () => {
    expect(codesOf(decide(TODAY, { item: { process: 'LOST_LOAN', openLoan: open(1) } }))).toEqual([
      'ON_LOAN_TO_SAME',
      'ITEM_LOST',
    ]);
  });
  it('LOAN_LIMIT and SAME_TITLE beside ON_LOAN_TO_SAME', () => {
    const item = { process: 'LOAN' as const, openLoan: open(1), sameTitle: [copy] };
    expect(codesOf(decide(TODAY, { item, network: network({ limits: [{ max: 0 }] }) }))).toEqual(['ON_LOAN_TO_SAME']);
  });
  it('BLK-11 no group, and a row that says no to none: said once', () => {
    const [block, ...others] = decide(TODAY, {
      patron: { group: null },
      item: { library: 'buc', location: 'buc/SALLE' },
    }).blocks;
    expect(block).toEqual({ code: 'PATRON_GROUP_NOT_ALLOWED', total: 1, facts: [{ group: null }] });
    expect(others).toEqual([]);
  });
});

describe('not loanable', () => {
  it('LOAN-03 BLK-11 says which row, or that no row speaks for it', () => {
    const factsOf = (item: Partial<ItemFacts>) => decide(TODAY, { item }).blocks[0]?.facts;
    expect(factsOf({ policy: 'EXC' })).toEqual([{ row: 1, policy: 'EXC', location: 'sci/63S' }]);
    expect(factsOf({ location: 'sci/CLOSED' })).toEqual([{ row: null, policy: null, location: 'sci/CLOSED' }]);
  });
  it('LOAN-03 its due date, if it is lent all the same, does not ask about the expiry date', () => {
    const decision = decide('2026-06-09T23:59', { patron: { expiry: '2026-06-09' }, item: { policy: 'EXC' } });
    expect(codesOf(decision)).toEqual(['NOT_LOANABLE']);
    expect(said(decision.due.due)).toBe('2026-06-10T00:00');
  });
});

describe('due after the patron’s expiry', () => {
  it.each([
    ['the due day is the expiry day', '2026-07-01', []],
    ['a day before', '2026-06-30', ['DUE_AFTER_EXPIRY']],
    ['today is the last valid day', '2026-06-10', ['DUE_AFTER_EXPIRY']],
    ['it was yesterday', '2026-06-09', ['PATRON_EXPIRED']],
  ])('LOAN-07 due on 1 July; %s', (_, expiry, expected) => {
    expect(codesOf(decide(TODAY, { patron: { expiry } }))).toEqual(expected);
  });

  it('LOAN-07 no expiry date, no question', () => {
    expect(codesOf(decide(TODAY, { patron: { expiry: null } }))).toEqual([]);
  });

  it('LOAN-07 both answers are in the facts: the full period, and the last open day not after the expiry', () => {
    const decision = decide(TODAY, { patron: { expiry: '2026-06-28' } });
    expect(decision.blocks[0]?.facts).toEqual([
      { due: local('2026-07-01T19:00'), expiry: '2026-06-28', shortened: local('2026-06-27T12:30') },
    ]);
    expect([said(decision.due.due), said(decision.shortened?.due)]).toEqual(['2026-07-01T19:00', '2026-06-27T12:30']);
  });

  it('LOAN-07 CAL-03 it is the day to which a closed day has moved the loan that counts', () => {
    // Lent on Sunday 7 June: due on Sunday 28, moved to Monday 29.
    expect(codesOf(decide('2026-06-07T10:00', { patron: { expiry: '2026-06-28' } }))).toEqual(['DUE_AFTER_EXPIRY']);
  });

  it('LOAN-07 CAL-05 a loan counted in hours that is shortened is late from its due instant on all the same', () => {
    const rules = network({ loanRules: [{ period: hours(24) }] });
    const { shortened } = decide(TODAY, { patron: { expiry: '2026-06-10' }, network: rules });
    expect([said(shortened?.due), said(shortened?.lateFrom)]).toEqual(['2026-06-10T19:00', '2026-06-10T19:00']);
  });
});

describe('a second copy of the same title', () => {
  const second = { sameTitle: [copy] };

  it('LOAN-08 is blocked where the library forbids it, with the first copy', () => {
    expect(decide(TODAY, { item: second }).blocks).toEqual([{ code: 'SAME_TITLE', total: 1, facts: [copy] }]);
  });
  it('LOAN-08 the library of the second copy decides', () => {
    const elsewhere = { ...second, library: 'buc', location: 'buc/SALLE' };
    expect(codesOf(decide(TODAY, { item: elsewhere }))).toEqual([]);
    expect(
      codesOf(decide(TODAY, { item: elsewhere, network: withLibrary('buc', { parallelLoans: 'forbidden' }) })),
    ).toEqual(['SAME_TITLE']);
  });
  it('LOAN-08 except for issues and volumes', () => {
    expect(codesOf(decide(TODAY, { item: { ...second, description: 'T. 2' } }))).toEqual([]);
  });
});

describe('an item that is not in place', () => {
  const processes: [ProcessType | null, BlockCode[]][] = [
    [null, []],
    ['LOAN', []],
    ['HOLDSHELF', []],
    ['TRANSIT', ['ITEM_IN_TRANSIT']],
    ['MISSING', ['ITEM_MISSING']],
    ['LOST_LOAN', ['ITEM_LOST']],
    ['ACQ', ['ITEM_IN_PROCESS']],
    ['WORK_ORDER_DEPARTMENT', ['ITEM_IN_PROCESS']],
  ];
  it.each(processes)('BLK-01 process %s', (process, expected) => {
    expect(codesOf(decide(TODAY, { item: { process } }))).toEqual(expected);
  });
});

describe('what the opening of a record warns of', () => {
  it('PAT-04 late loans, blocks, expiry, inactivity, no group; not what only an item tells', () => {
    const patron: PatronFacts = {
      ...student,
      group: null,
      status: 'inactive',
      expiry: '2026-06-09',
      late: { count: 1, loans: [late] },
      blocks: [blocked('LATE_RETURN'), blocked('QUITUS')],
    };
    expect(patronWarnings({ network: smallNetwork, now: local(TODAY), patron }).map((one) => one.code)).toEqual([
      'PATRON_EXPIRED',
      'PATRON_INACTIVE',
      'PATRON_GROUP_NOT_ALLOWED',
      'PATRON_OVERDUE',
      'PATRON_BLOCK_LATE_RETURN',
      'PATRON_BLOCK_QUITUS',
    ]);
    expect(patronWarnings({ network: smallNetwork, now: local(TODAY), patron: student })).toEqual([]);
  });
});
