import { expect } from 'vitest';
import type { CardProblemCode } from '../../source/circulation/card-system.ts';
import { almaUser, almaXml, cardNetwork } from '../support/card-users.ts';
import type { CardUser } from '../support/card-users.ts';
import { onBothDatabases } from '../support/desk.ts';
import { importUsers } from './patrons-import.ts';

/** What is wrong with a record, and in which field. */
type Damage = {
  readonly problem: CardProblemCode;
  readonly field?: string;
  readonly make: (id: string, user: CardUser) => CardUser | string;
};

const sound = (id: string, at: number): CardUser => ({
  id,
  campus: 'UPS',
  birth: '2004-02-29Z',
  expiry: '2027-10-30Z',
  purge: '2028-01-29Z',
  identifiers: [['UNR', String(1_540_000_000 + at)]],
  emails: [`${id}@example.org`],
  phones: ['0561123456'],
  addresses: [['21 rue Ozenne', 'Toulouse', '31000']],
});

const field = (problem: CardProblemCode, name: string, more: Partial<CardUser>): Damage => ({
  problem,
  field: name,
  make: (_, user) => ({ ...user, ...more }),
});

/** Twenty-six kinds of damage. */
const DAMAGES: readonly Damage[] = [
  { problem: 'not-well-formed', make: (_, user) => almaUser(user).replace('</last_name>', '</lastname>') },
  { problem: 'not-well-formed', make: (_, user) => almaUser(user).replace('</user>', '') },
  { problem: 'no-identifier', field: 'primary_id', make: (_, user) => ({ ...user, id: ' ' }) },
  { problem: 'bad-identifier', field: 'primary_id', make: (id, user) => ({ ...user, id: `${id} rue Ozenne` }) },
  field('no-name', 'last_name', { last: '' }),
  field('not-a-name', 'last_name', { last: '31000' }),
  field('not-a-name', 'first_name', { first: '2004' }),
  field('value-too-long', 'last_name', { last: 'x'.repeat(200) }),
  field('unreadable-character', 'last_name', { last: 'LEF\uFFFDVRE' }),
  field('no-group', 'user_group', { group: '' }),
  field('unknown-group', 'user_group', { group: 'LICENCE' }),
  field('unknown-campus', 'campus_code', { campus: 'MARS' }),
  field('unknown-category', 'job_category', { category: 'Boss' }),
  field('unknown-statistic', 'statistic_category', { statistics: ['9xyz'] }),
  field('unknown-status', 'status', { status: 'DELETED' }),
  field('not-a-patron', 'record_type', { type: 'CONTACT' }),
  field('not-external', 'account_type', { account: 'INTERNAL' }),
  field('not-a-day', 'expiry_date', { expiry: '2027-02-30Z' }),
  field('not-a-day', 'birth_date', { birth: 'Toulouse' }),
  field('not-a-birth-date', 'birth_date', { birth: '2030-01-01Z' }),
  field('purge-before-expiry', 'purge_date', { purge: '2027-10-29Z' }),
  field('letters-for-digits', 'postal_code', { addresses: [['21', ' rue Ozenne', 'Toulouse']] }),
  field('not-a-postal-code', 'postal_code', { addresses: [['21 rue Ozenne', 'Toulouse', '3100']] }),
  field('letters-for-digits', 'phone_number', { phones: ['Toulouse'] }),
  field('not-a-phone', 'phone_number', { phones: ['056112345'] }),
  field('letters-for-digits', 'user_identifier[1] UNR', { identifiers: [['UNR', '15A']] }),
  field('not-an-email', 'email_address', { emails: ['ana at example.org'] }),
  field('duplicate-identifier', 'user_identifier[1] UNR', { identifiers: [['UNR', '1540000000']] }),
  { problem: 'duplicate-record', field: 'primary_id', make: (_, user) => ({ ...user, id: 'user0' }) },
  { problem: 'given-twice', field: 'last_name', make: (_, user) => ({ ...user, extra: '<last_name>X</last_name>' }) },
];

onBothDatabases('a file with damaged records', (it) => {
  it(
    'IMP-02 1,000 damaged records of thirty kinds are rejected, exactly those, each with its line, field and reason',
    { timeout: 60_000 },
    async ({ scene, database }) => {
      await scene.load(cardNetwork);
      const parts: string[] = [];
      const expected: { line: number; problem: string; field: string | null }[] = [];
      let line = 3;
      const add = (text: string, damage?: Damage): void => {
        if (damage) {
          const name = damage.field?.replace(/^user_identifier\[1\].*/, 'value') ?? '';
          const within = damage.problem === 'given-twice' ? text.lastIndexOf(`<${name}`) : text.indexOf(`<${name}`);
          const lines = damage.field === undefined ? 0 : text.slice(0, within).split('\n').length - 1;
          expected.push({ line: line + lines, problem: damage.problem, field: damage.field ?? null });
        }
        parts.push(text);
        line += text.split('\n').length - 1;
      };
      for (let at = 0; at < 2000; at += 1) {
        const user = sound(`user${at}`, at);
        const damage = at % 2 === 1 ? DAMAGES[((at - 1) / 2) % DAMAGES.length] : undefined;
        const made = damage ? damage.make(user.id, user) : user;
        add(typeof made === 'string' ? made : almaUser(made), damage);
      }
      const { problems, ...report } = await importUsers(scene, almaXml(parts));
      expect(report).toMatchObject({ records: 2000, added: 1000, rejected: 1000, errors: 1000, warnings: 0 });
      const told = problems.map((one) => ({ line: one.line, problem: one.problem, field: one.field ?? null }));
      const sorted = told.toSorted((one, other) => one.line - other.line);
      // Where XML breaks, the line is that of the break, inside of its record.
      const isBreak = (one: { problem: string }): boolean => one.problem === 'not-well-formed';
      expect(sorted.filter((one) => !isBreak(one))).toEqual(expected.filter((one) => !isBreak(one)));
      expect(sorted.filter(isBreak)).toHaveLength(expected.filter(isBreak).length);
      const kept = await database.records.read(async ({ jobRuns }) =>
        jobRuns.lines(report.run ?? 0, { offset: 0, limit: 2000 }),
      );
      expect(kept.total).toBe(1000);
      expect(kept.lines.map((one) => one.line)).toEqual(sorted.map((one) => one.line));
      expect(new Set(DAMAGES.map((one) => one.problem)).size).toBeGreaterThanOrEqual(20);
      expect(await importUsers(scene, almaXml(parts))).toMatchObject({
        added: 0,
        updated: 0,
        unchanged: 1000,
        rejected: 1000,
      });
    },
  );
});
