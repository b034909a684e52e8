import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diffNetworks, networkJsonSchema, readNetworkText } from '../../source/exchange/network-file/index.ts';
import { wordsIn } from '../../source/language/index.ts';
import { shippedNetworkText } from '../../source/training/networks/index.ts';
import { errorsOf, networkOf, SMALL } from './small-network.ts';

const OUTAGE = `${SMALL}outage:
  contacts:
    - {code: B1, name: Coordination, hours: {mon-fri: "08:00-17:00"}, phones: [{number: "11"}], closed: B3}
    - {code: B3, name: {fr: Accueil, en: Reception}, ticket: "https://tickets.example.org"}
  statusPages: [{name: État, url: "https://etat.example.org"}]
  outsideSite: https://www.example.org
  procedure:
    begin: Q1
    questions:
      - code: Q1
        ask: {fr: Un ?, en: One?}
        probe: database
        yes: B1
        no: {next: Q2, says: {fr: Ah., en: Oh.}}
      - {code: Q2, ask: {fr: Deux ?, en: Two?}, remark: {fr: Voir., en: See.}, yes: wait, no: offline, proves: yes}
    offline: {fr: Notez., en: Write.}
`;
const FIRST_LINE = SMALL.split('\n').length;

/** The errors of the text with one passage changed; it must stand there exactly once. */
const wrong = (passage: string, by: string) => {
  expect(OUTAGE.split(passage)).toHaveLength(2);
  return errorsOf(OUTAGE.replace(passage, by));
};

describe('OUT-01 what the network file says of outages', () => {
  it('OUT-01 is read as the assistant wants it; a network may say nothing', () => {
    expect(networkOf(SMALL).outage).toBeUndefined();
    const { outage } = networkOf(OUTAGE);
    expect(outage).toMatchObject({
      contacts: [
        { code: 'B1', name: { fr: 'Coordination', en: 'Coordination' }, phones: [{ number: '11' }], closed: 'B3' },
        { code: 'B3', phones: [], ticket: 'https://tickets.example.org' },
      ],
      statusPages: [{ name: 'État', url: 'https://etat.example.org' }],
      outsideSite: 'https://www.example.org',
      procedure: {
        begin: 'Q1',
        questions: [
          { code: 'Q1', probe: 'database', yes: { next: 'B1' }, no: { next: 'Q2', says: { fr: 'Ah.', en: 'Oh.' } } },
          { code: 'Q2', proves: 'yes', yes: { next: 'wait' }, no: { next: 'offline' } },
        ],
        offline: { fr: 'Notez.', en: 'Write.' },
      },
    });
    expect(outage?.contacts[0]?.hours?.map((day) => day.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
  });

  it.each([
    ['begin: Q1', 'begin: Q9', 'begin', ['Q1', 'Q2']],
    ['begin: Q1', 'begin: B1', 'begin', ['Q1', 'Q2']],
    ['yes: B1', 'yes: B9', 'questions[0].yes', undefined],
    ['next: Q2', 'next: Q3', 'questions[0].no.next', ['Q1', 'Q2', 'B1', 'B3', 'B2', 'wait', 'offline']],
  ])('OUT-01 CONF-01 `%s` written `%s` is an unknown step', (passage, by, path, allowed) => {
    expect(wrong(passage, by)).toEqual([
      expect.objectContaining({
        problem: 'unknown-code',
        kind: 'outage-step',
        path: `outage.procedure.${path}`,
        line: expect.any(Number) as number,
        ...(allowed ? { allowed } : {}),
      }),
    ]);
  });

  it('OUT-01 CONF-01 a contact hands on to contacts and actions only', () => {
    expect(wrong('closed: B3', 'closed: Q2')).toEqual([
      expect.objectContaining({ problem: 'unknown-code', path: 'outage.contacts[0].closed', found: 'Q2' }),
    ]);
    expect(wrong('closed: B3', 'closed: B2')).toEqual([]);
  });

  it('OUT-01 CONF-01 a procedure that comes back to a step is refused where it turns back', () => {
    expect(wrong('yes: wait', 'yes: Q1')).toEqual([
      {
        problem: 'goes-in-circles',
        path: 'outage.procedure.questions[1].yes',
        line: FIRST_LINE + 14,
        found: ['Q1', 'Q2', 'Q1'],
      },
    ]);
    expect(wrong('yes: B1', 'yes: Q1')).toEqual([
      expect.objectContaining({ problem: 'goes-in-circles', found: ['Q1', 'Q1'] }),
    ]);
    expect(wrong('ticket: "https://tickets.example.org"', 'closed: B1')).toEqual([
      expect.objectContaining({ problem: 'goes-in-circles', found: ['B1', 'B3', 'B1'] }),
    ]);
  });

  it.each([
    ['ask: {fr: Un ?, en: One?}', 'ask: {fr: Un ?}', 'missing-key', 'outage.procedure.questions[0].ask.en'],
    ['offline: {fr: Notez., en: Write.}', 'offline: {en: Write.}', 'missing-key', 'outage.procedure.offline.fr'],
    ['code: Q2,', 'code: Q1,', 'duplicate-code', 'outage.procedure.questions[1].code'],
    ['{code: B3,', '{code: Q2,', 'duplicate-code', 'outage.contacts[1].code'],
    ['{code: B3,', '{code: wait,', 'reserved-code', 'outage.contacts[1].code'],
    ['probe: database', 'probe: moon', 'not-one-of', 'outage.procedure.questions[0].probe'],
    ['proves: yes', 'proves: maybe', 'not-one-of', 'outage.procedure.questions[1].proves'],
    ['outsideSite: https:', 'outsideSite: file:', 'bad-format', 'outage.outsideSite'],
    ['https://etat.example.org', 'https://me:secret@etat.example.org', 'bad-format', 'outage.statusPages[0].url'],
    ['number: "11"', 'number: 11', 'needs-quotes', 'outage.contacts[0].phones[0].number'],
    ['"08:00-17:00"', '"17:00-08:00"', 'range-backwards', 'outage.contacts[0].hours.mon-fri'],
    ['  statusPages:', '  statusPage:', 'unknown-key', 'outage.statusPage'],
  ])('OUT-01 CONF-01 `%s` written `%s`: %s at %s, with its line', (passage, by, problem, path) => {
    expect(wrong(passage, by)).toContainEqual(
      expect.objectContaining({ problem, path, line: expect.any(Number) as number }),
    );
  });

  it('OUT-01 CONF-01 every problem is a sentence in both languages', () => {
    for (const language of ['fr', 'en'] as const) {
      const { problem } = wordsIn(language).network;
      expect(problem['goes-in-circles']({ found: ['A', 'B', 'A'] })).toContain('A → B → A');
      expect(problem['unknown-code']({ kind: 'outage-step', found: 'Q9', allowed: ['Q1'] })).toMatch(/Q9.*Q1/);
    }
  });

  it('OUT-01 REL-05 a chain of ten thousand questions is refused, not followed', () => {
    const questions = Array.from({ length: 10_000 }, (_, at) => `{code: Q${at}, ask: x, yes: Q${at + 1}, no: wait}`);
    const text = `${SMALL}outage: {procedure: {begin: Q0, offline: x, questions: [${questions.join(', ')}]}}`;
    expect(errorsOf(text)).toContainEqual(expect.objectContaining({ problem: 'too-long', allowed: 50 }));
  });

  it('OUT-01 CONF-01 a change is told step by step, and editors know the key', () => {
    const other = networkOf(OUTAGE.replace('number: "11"', 'number: "12"').replace('Deux ?', 'Zwei ?'));
    expect(diffNetworks(networkOf(OUTAGE), other).map(({ path }) => path)).toEqual([
      'outage.procedure.questions[Q2].ask.fr',
      'outage.contacts[B1].phones[0]',
    ]);
    expect(JSON.stringify(networkJsonSchema())).toContain('outsideSite');
  });

  it('OUT-01 CONF-04 the sample network and the examples of docs/outage.md are valid', () => {
    expect(networkOf(shippedNetworkText('toulouse') ?? '').outage?.contacts.map(({ code }) => code)).toEqual([
      'B1',
      'B2',
    ]);
    const examples = [...readFileSync('docs/outage.md', 'utf8').matchAll(/```yaml\n(.*?)```/gs)];
    expect(examples).toHaveLength(2);
    for (const [, yaml = ''] of examples) {
      expect(readNetworkText(SMALL + yaml, 'docs/outage.md')).not.toHaveProperty('errors');
    }
  });
});
