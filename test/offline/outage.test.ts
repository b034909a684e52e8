import { describe, expect, it } from 'vitest';
import type { OutageContact, OutageFindings, OutageSettings } from '../../source/circulation/outage.ts';
import { LANGUAGES } from '../../source/language/index.ts';
import { SHIPPED_CONTACTS, SHIPPED_PROCEDURE } from '../../source/language/outage-procedure.ts';
import { answerOutage, backOutage, startOutage } from '../../source/offline/outage/engine.ts';
import type { OutageEnd, OutageState } from '../../source/offline/outage/engine.ts';
import { local, said } from '../support/house.ts';
import { week } from '../support/network.ts';

const ZONE = 'Europe/Paris';
const MONDAY = '2026-06-01T10:00';
const SATURDAY = '2026-06-06T10:00';

type Begin = {
  readonly findings?: OutageFindings;
  readonly at?: string;
  readonly contacts?: readonly OutageContact[];
  readonly procedure?: OutageSettings['procedure'];
};

const begin = ({ findings = {}, at = MONDAY, contacts = SHIPPED_CONTACTS, procedure }: Begin = {}): OutageState =>
  startOutage({ procedure: procedure ?? SHIPPED_PROCEDURE, contacts, findings, now: local(at), timeZone: ZONE });

/** Where answers lead: the codes of the questions asked, and the end. */
function play(answers: string, options: Begin = {}): { asked: string; end: string; state: OutageState } {
  let state = begin(options);
  const asked: string[] = [];
  for (const letter of answers) {
    if (state.at.kind === 'question') asked.push(state.at.question.code);
    state = answerOutage(state, letter === 'y' ? 'yes' : 'no');
  }
  const { at } = state;
  return { asked: asked.join(' '), end: at.kind === 'end' ? endOf(at.end) : `? ${at.question.code}`, state };
}

const endOf = (end: OutageEnd): string =>
  [
    end.kind,
    ...('contact' in end ? [end.contact.code] : []),
    ...end.closed.map((one) => `${one.contact.code} closed until ${said(one.opens)}`),
  ].join(' ');

const endIn = (state: OutageState): OutageEnd => {
  if (state.at.kind !== 'end') throw new Error(`asks ${state.at.question.code}`);
  return state.at.end;
};

/** The steps of every way through a procedure, each with how it ends. */
function everyWay(state: OutageState): { way: string; state: OutageState }[] {
  if (state.at.kind === 'end')
    return [{ way: state.answered.map((one) => one.question.code + one.answer).join(' '), state }];
  return (['yes', 'no'] as const).flatMap((answer) => everyWay(answerOutage(state, answer)));
}

describe('OUT-01 the procedure that ships', () => {
  it.each([
    ['y', 'A1', 'wait'],
    ['ny', 'A1 A2', 'call B1'],
    ['nny', 'A1 A2 A2V', 'call B2'],
    ['nnnn', 'A1 A2 A2V A3', 'call B2'],
    ['nnnyy', 'A1 A2 A2V A3 A4', 'call B1'],
    ['nnnyn', 'A1 A2 A2V A3 A4', 'call B2'],
  ])('OUT-01 OUT-03 answered %s it asks %s and ends in: %s', (answers, asked, end) => {
    expect(play(answers)).toMatchObject({ asked, end });
  });

  it('OUT-01 at the weekend B1 is C1: work offline; it says when somebody answers again', () => {
    expect(play('ny', { at: SATURDAY }).end).toBe('offline B1 closed until 2026-06-08T00:00');
    expect(play('nny', { at: SATURDAY }).end).toBe('call B2');
  });

  it('OUT-01 OUT-03 every way ends in an action, on every day of a week, whatever is found, in both languages', () => {
    const findings: OutageFindings[] = [
      {},
      { database: { kind: 'reachable' }, otherDesks: { kind: 'quiet' } },
      { database: { kind: 'away', because: 'unreachable' }, otherDesks: { kind: 'unknown' } },
      { outsideSite: { url: 'https://x.example', reach: { kind: 'silent' } } },
    ];
    const days = Array.from({ length: 7 }, (_, day) => `2026-06-0${day + 1}T03:00`);
    const ways = days.flatMap((at) => findings.flatMap((one) => everyWay(begin({ at, findings: one }))));
    expect(ways.length).toBeGreaterThan(7 * 4 * 3);
    for (const { state } of ways) expect(['wait', 'call', 'ticket', 'offline']).toContain(endIn(state).kind);
    const texts = [
      SHIPPED_PROCEDURE.offline,
      ...SHIPPED_PROCEDURE.questions.flatMap((one) => [one.ask, one.remark, one.yes.says, one.no.says]),
      ...SHIPPED_CONTACTS.flatMap((one) => [one.name, one.remark]),
    ].flatMap((words) => words ?? []);
    for (const language of LANGUAGES) for (const words of texts) expect(words[language]).not.toBe('');
  });

  it('OUT-01 nobody of the document is named, no number is copied', () => {
    expect(JSON.stringify([SHIPPED_PROCEDURE, SHIPPED_CONTACTS])).not.toMatch(/\d{5}|unige|alma/i);
  });
});

describe('OUT-02 what the machine knows it answers itself', () => {
  const active = { kind: 'active', desks: [{ desk: 'buc/PRET', at: 0 }] } as const;
  const page = (indicator: 'none' | 'minor' | null) => ({
    name: 'p',
    url: 'https://p.example',
    reach: { kind: 'answered', status: 200 } as const,
    says: indicator && { indicator, description: '' },
  });
  const site = (reach: NonNullable<OutageFindings['outsideSite']>['reach']) => ({
    outsideSite: { url: 'https://x.example', reach },
  });
  it.each([
    ['a page that announces an outage', { statusPages: [page('none'), page('minor')] }, 'A1yes', 'wait'],
    ['pages that all are well', { statusPages: [page('none'), page('none')] }, 'A1no', '? A2'],
    ['a page that says nothing', { statusPages: [page('none'), page(null)] }, '', '? A1'],
    ['no page', { statusPages: [] }, '', '? A1'],
  ] as const)('OUT-02 A1: %s', (_, findings, answered, end) => {
    const { state, end: at } = play('', { findings });
    expect(state.answered.map((one) => one.question.code + one.answer).join()).toBe(answered);
    expect(at).toBe(end);
  });

  it.each([
    ['other desks are active', { otherDesks: active }, 'call B1'],
    ['no other desk has done anything, which proves nothing', { otherDesks: { kind: 'quiet' } }, '? A2'],
    ['the database is away', { otherDesks: { kind: 'unknown' } }, '? A2'],
  ] as const)('OUT-02 A2: %s', (_, findings, end) => {
    expect(play('n', { findings }).end).toBe(end);
  });

  it.each([
    ['answers', site({ kind: 'answered', status: 404 }), '? A4'],
    ['does not answer', site({ kind: 'silent' }), 'call B2'],
    ['is not to be reached', site({ kind: 'unreachable', because: 'ENOTFOUND' }), 'call B2'],
    ['answers with the error of a gateway', site({ kind: 'answered', status: 502 }), '? A3'],
    ['sends on in circles', site({ kind: 'astray' }), '? A3'],
  ] as const)('OUT-02 A3: the outside site %s', (_, findings, end) => {
    expect(play('nnn', { findings }).end).toBe(end);
  });

  it('OUT-02 A4: a database that answers proves that one can connect; one that is away leaves the emergency access', () => {
    expect(play('nnny', { findings: { database: { kind: 'reachable' } } }).end).toBe('call B1');
    expect(play('nnny', { findings: { database: { kind: 'away', because: 'refused' } } }).end).toBe('? A4');
  });

  it('OUT-02 the operator overrules it: back to its question, which says what is known', () => {
    const ended = begin({ findings: { statusPages: [page('minor')] } });
    expect(endIn(ended).kind).toBe('wait');
    const back = backOutage(ended);
    expect(back.at).toMatchObject({ kind: 'question', question: { code: 'A1' }, known: 'yes' });
    const overruled = answerOutage(back, 'no');
    expect(overruled.answered).toMatchObject([{ question: { code: 'A1' }, answer: 'no', by: 'operator' }]);
    expect(overruled.at).toMatchObject({ question: { code: 'A2' }, known: null });
    expect(backOutage(backOutage(backOutage(overruled))).at).toMatchObject({ question: { code: 'A1' } });
  });

  it('OUT-03 an answer after the end changes nothing', () => {
    const ended = play('y').state;
    expect(answerOutage(ended, 'no')).toBe(ended);
  });
});

describe('OUT-01 OUT-03 whom to call, and when', () => {
  const hours = week('08:00-12:00, 14:00-17:00', '09:00-12:00');
  const contact = (more: Partial<OutageContact>): OutageContact[] => [
    { code: 'B1', name: { fr: 'Un', en: 'One' }, hours, phones: [{ number: '1' }], ...more },
    { code: 'B2', name: { fr: 'Deux', en: 'Two' }, phones: [{ number: '2' }] },
  ];
  const callAt = (at: string, more: Partial<OutageContact> = {}) => play('ny', { at, contacts: contact(more) });

  it.each([
    ['2026-06-01T08:00', 'call B1'],
    ['2026-06-01T11:59', 'call B1'],
    ['2026-06-01T12:00', 'offline B1 closed until 2026-06-01T14:00'],
    ['2026-06-01T17:00', 'offline B1 closed until 2026-06-02T08:00'],
    ['2026-06-05T18:00', 'offline B1 closed until 2026-06-06T09:00'],
    ['2026-06-06T12:00', 'offline B1 closed until 2026-06-08T08:00'],
    ['2026-06-07T12:00', 'offline B1 closed until 2026-06-08T08:00'],
    // The night the clocks go back is a Sunday: Monday at eight is twenty-five hours after Sunday at eight.
    ['2026-10-25T07:00', 'offline B1 closed until 2026-10-26T08:00'],
  ])('OUT-01 OUT-03 at %s: %s', (at, end) => {
    expect(callAt(at).end).toBe(end);
  });

  it('OUT-03 the hours of today are said, number by number, in the time zone of the network', () => {
    const { state } = callAt('2026-06-03T09:30', {
      phones: [
        { number: '1' },
        { number: '2', hours: week('10:00-11:00') },
        { number: '3', hours: week('', '09:00-10:00') },
      ],
    });
    const end = endIn(state);
    if (end.kind !== 'call') throw new Error(end.kind);
    expect(
      end.calls.map(({ number, today, answersNow }) => [
        number,
        today?.map(({ from, to }) => `${said(from)} ${said(to)}`),
        answersNow,
      ]),
    ).toEqual([
      ['1', ['2026-06-03T08:00 2026-06-03T12:00', '2026-06-03T14:00 2026-06-03T17:00'], true],
      ['2', ['2026-06-03T10:00 2026-06-03T11:00'], false],
      ['3', [], false],
    ]);
    const elsewhere = startOutage({ ...state, timeZone: 'America/Montreal' });
    expect(endOf(endIn(answerOutage(answerOutage(elsewhere, 'no'), 'yes')))).toMatch(
      /^offline B1 closed until 2026-06-03T14:00/,
    );
  });

  it('OUT-03 closed: a ticket if there is one, else whoever the contact hands on to, else offline', () => {
    const sunday = '2026-06-07T10:00';
    expect(callAt(sunday, { ticket: 'https://t.example' }).end).toBe('ticket B1 B1 closed until 2026-06-08T08:00');
    expect(callAt(sunday, { closed: 'B2' }).end).toBe('call B2 B1 closed until 2026-06-08T08:00');
    expect(callAt(sunday, { closed: 'wait' }).end).toBe('wait B1 closed until 2026-06-08T08:00');
    expect(callAt(sunday, { hours: week('') }).end).toBe('offline B1 closed until null');
    expect(callAt(MONDAY, { phones: [], ticket: 'https://t.example' }).end).toBe('ticket B1');
  });

  it('OUT-03 an old file whose contacts or questions go in circles ends all the same', () => {
    expect(callAt('2026-06-07T10:00', { closed: 'B1' }).end).toMatch(/^offline B1/);
    const round = { ask: { fr: '?', en: '?' }, yes: { next: 'Q' }, no: { next: 'Q' } };
    const procedure = { begin: 'Q', questions: [{ code: 'Q', ...round }], offline: { fr: '', en: '' } };
    expect(play('y', { procedure }).end).toBe('offline');
  });

  it('OUT-01 a replaced procedure is the whole procedure', () => {
    const words = { fr: 'x', en: 'x' };
    const procedure = {
      begin: 'Q1',
      offline: words,
      questions: [
        { code: 'Q1', ask: words, probe: 'database' as const, yes: { next: 'B2' }, no: { next: 'Q2' } },
        { code: 'Q2', ask: words, yes: { next: 'wait' }, no: { next: 'offline' } },
      ],
    };
    expect(play('ny', { procedure })).toMatchObject({ asked: 'Q1 Q2', end: 'wait' });
    expect(play('nn', { procedure }).end).toBe('offline');
    const findings = { database: { kind: 'away', because: 'full' } } as const;
    expect(play('', { procedure, findings }).end).toBe('? Q2');
  });
});
