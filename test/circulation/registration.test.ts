import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegistrationProfile } from '../../source/circulation/network.ts';
import { purgeAfter } from '../../source/circulation/patron-dates.ts';
import {
  contactsOf,
  dateProblem,
  identifierProblem,
  profileOf,
  proposedExpiry,
  proposedPurge,
  registrationProblems,
  tidyName,
} from '../../source/circulation/registration.ts';
import { addDays, daysBetween, isDay } from '../../source/circulation/time.ts';
import { registrationNetwork } from '../support/network.ts';

const profile = (code: string): RegistrationProfile => {
  const found = profileOf(registrationNetwork, code);
  if (!found) throw new Error(`no profile ${code}`);
  return found;
};
const datesOf = (code: string | undefined, begins: string): (string | null)[] => {
  const one = code === undefined ? undefined : profile(code);
  const expiry = proposedExpiry(one, begins);
  return [expiry, proposedPurge(one, expiry)];
};
const anyDay = fc.integer({ min: 0, max: 36_525 }).map((count) => addDays('2000-01-01', count));

describe('the dates of a new record', () => {
  it.each([
    [undefined, '2019-02-09', '2020-02-09', '2020-05-09'],
    ['AUTHORISED', '2019-02-09', '2020-02-09', '2020-05-09'],
    ['AUTHORISED', '2024-02-29', '2025-02-28', '2025-05-28'],
    ['AUTHORISED', '2025-11-30', '2026-11-30', '2027-02-28'],
    ['ENSA', '2020-02-08', '2020-10-30', '2021-01-29'],
    ['ENSA', '2020-08-31', '2020-10-30', '2021-01-29'],
    ['ENSA', '2020-09-01', '2021-10-30', '2022-01-29'],
    ['ENSA', '2020-09-15', '2021-10-30', '2022-01-29'],
    ['ENSA', '2020-10-30', '2021-10-30', '2022-01-29'],
    ['ENSA', '2020-12-31', '2021-10-30', '2022-01-29'],
    ['ENSA', '2021-01-01', '2021-10-30', '2022-01-29'],
    ['SCHOOL', '2020-02-08', '2020-10-30', '2021-01-29'],
    ['TBS', '2020-02-08', null, null],
  ])('USR-03 USR-06 by %s on %s: %s, %s', (code, begins, expiry, purge) => {
    expect(datesOf(code, begins)).toEqual([expiry, purge]);
  });

  it('USR-06 29 January, whatever USR-04 would propose; a profile that asks for both dates proposes none', () => {
    expect(proposedPurge(profile('ENSA'), '2021-06-30')).toBe('2022-01-29');
    expect(proposedPurge(profile('TBS'), '2021-06-30')).toBeNull();
    expect(proposedPurge(profile('AUTHORISED'), '2021-06-30')).toBe('2021-09-30');
  });

  it('USR-06 days of any month, on either side of 1 September', () => {
    const on = (monthDay: string): RegistrationProfile => ({
      ...profile('ENSA'),
      expiry: { on: monthDay, of: 'next-academic-year' },
    });
    expect(proposedExpiry(on('06-30'), '2020-02-08')).toBe('2021-06-30');
    expect(proposedExpiry(on('09-01'), '2020-08-31')).toBe('2020-09-01');
    expect(proposedExpiry(on('08-31'), '2020-08-31')).toBe('2021-08-31');
    expect(proposedExpiry(on('02-29'), '2022-10-01')).toBe('2024-02-29');
    expect(proposedExpiry(on('02-29'), '2023-10-01')).toBe('2025-02-28');
  });

  it('USR-03 USR-04 for any day of a century: a year later, and three months after that, both real days', () => {
    fc.assert(
      fc.property(anyDay, (begins) => {
        const [expiry = null, purge = null] = datesOf(undefined, begins);
        if (expiry === null || purge === null) throw new Error('no dates');
        expect([isDay(expiry), isDay(purge)]).toEqual([true, true]);
        expect([365, 366]).toContain(daysBetween(begins, expiry));
        expect(daysBetween(expiry, purge)).toBeGreaterThanOrEqual(89);
        expect(daysBetween(expiry, purge)).toBeLessThanOrEqual(92);
        expect(dateProblem(expiry, purgeAfter(expiry))).toBeUndefined();
      }),
    );
  });

  it('USR-06 for any day of a century: 30 October of the academic year that follows, 29 January 91 days after', () => {
    fc.assert(
      fc.property(anyDay, (begins) => {
        const [expiry, purge] = datesOf('ENSA', begins);
        const begun = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0);
        expect(expiry?.slice(5)).toBe('10-30');
        expect(begun(expiry ?? '')).toBe(begun(begins) + 1);
        expect(purge).toBe(addDays(expiry ?? '', 91));
      }),
    );
  });

  it('USR-06 one that registers later never expires earlier', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 800 }), (begins, later) => {
        for (const code of ['AUTHORISED', 'ENSA']) {
          const [first, second] = [datesOf(code, begins)[0], datesOf(code, addDays(begins, later))[0]];
          expect((first ?? '') <= (second ?? '')).toBe(true);
        }
      }),
    );
  });

  it('USR-04 both dates are needed, and nothing is purged before it has expired', () => {
    expect(dateProblem('2020-02-09', '2020-02-09')).toBeUndefined();
    expect(dateProblem('2020-02-09', '2020-02-08')).toEqual({ code: 'PURGE_BEFORE_EXPIRY', path: 'purge' });
    expect(dateProblem(null, '2020-02-09')).toEqual({ code: 'EXPIRY_REQUIRED', path: 'expiry' });
    expect(dateProblem('2020-02-09', null)).toEqual({ code: 'PURGE_REQUIRED', path: 'purge' });
  });
});

describe('what a registration says', () => {
  it.each([
    ['AUTHORISED', '299912345678', undefined],
    ['AUTHORISED', ' 299912345678 ', undefined],
    ['AUTHORISED', '', 'IDENTIFIER_REQUIRED'],
    ['AUTHORISED', '2998123', 'IDENTIFIER_PREFIX'],
    ['AUTHORISED', '2999A', 'IDENTIFIER_DIGITS'],
    ['AUTHORISED', '2999'.padEnd(101, '1'), 'IDENTIFIER_TOO_LONG'],
    ['ENSA', '14212345678', undefined],
    ['ENSA', '14312345678', 'IDENTIFIER_PREFIX'],
    ['CARD_PENDING', '21912345678', undefined],
    ['CARD_PENDING', 'U-42', undefined],
    ['CARD_PENDING', '1234567890a', 'IDENTIFIER_IS_INE'],
    ['CARD_PENDING', '123456789AB', 'IDENTIFIER_IS_INE'],
    [undefined, '1234567890A', undefined],
    [undefined, 'anything', undefined],
  ])('USR-06 by %s the identifier %s: %s', (code, value, problem) => {
    expect(identifierProblem(code === undefined ? undefined : profile(code), value)?.code).toBe(problem);
  });

  it('USR-03 names keep their capitals, and lose what a clipboard brings', () => {
    expect(tidyName('  DE LA\tFONTAINE \n')).toBe('DE LA FONTAINE');
    expect(tidyName('de la Fontaine')).toBe('de la Fontaine');
  });

  it('USR-03 USR-04 USR-06 everything that is wrong comes at once, in the order of the form', () => {
    const wrong = registrationProblems(
      {
        lastName: '  ',
        firstName: 'x'.repeat(101),
        birthDay: '2026-06-01',
        identifier: '141',
        group: 'PROF',
        expiry: '2027-01-01',
        purge: '2026-12-31',
      },
      { profile: profile('AUTHORISED'), today: '2026-06-01' },
    );
    expect(wrong).toEqual([
      { code: 'NAME_REQUIRED', path: 'lastName' },
      { code: 'NAME_TOO_LONG', path: 'firstName' },
      { code: 'BIRTH_DATE_NOT_PAST', path: 'birthDay' },
      { code: 'IDENTIFIER_PREFIX', path: 'identifier', allowed: ['2999'] },
      { code: 'GROUP_NOT_OF_PROFILE', path: 'group', allowed: ['LA', 'D'] },
      { code: 'PURGE_BEFORE_EXPIRY', path: 'purge' },
    ]);
  });
});

describe('the contacts of a new record', () => {
  const email = (value: string, more: object = {}) => ({ kind: 'email' as const, value, ...more });
  const placeholder = 'none@example.org';
  const kept = (given: Parameters<typeof contactsOf>[0], noEmail = false) => {
    const all = contactsOf(given, { noEmail, placeholder });
    return 'code' in all ? all : all.map(({ kind, type, value, preferred }) => [kind, type, value, preferred]);
  };

  it('USR-03 without an e-mail address the placeholder stands for it, as an alternative one', () => {
    for (const noEmail of [true, false])
      expect(kept([], noEmail)).toEqual([['email', 'alternative', placeholder, true]]);
    expect(kept([email('NONE@example.org')], true)).toEqual([['email', 'alternative', 'NONE@example.org', true]]);
    expect(contactsOf([], { noEmail: true, placeholder: undefined })).toEqual([]);
  });

  it('USR-03 the box and an address exclude each other, and the type is the placeholder’s alone', () => {
    expect(kept([email('a@example.org')], true)).toEqual({ code: 'EMAIL_AND_ALTERNATIVE', path: 'noEmail' });
    expect(kept([email('a@example.org'), email(placeholder)])).toMatchObject({ code: 'EMAIL_AND_ALTERNATIVE' });
    expect(kept([email('a@example.org', { type: 'alternative' })])).toMatchObject({ code: 'EMAIL_AND_ALTERNATIVE' });
  });

  it('USR-03 one of each kind is preferred: the one that says so, else the first; twice the same is one', () => {
    expect(
      kept([
        email('a@example.org', { type: 'work' }),
        email('b@example.org', { type: 'personal', preferred: true }),
        email('A@example.org'),
        { kind: 'phone', value: '06.12.34.56.78', type: 'mobile' },
      ]),
    ).toEqual([
      ['email', 'work', 'a@example.org', false],
      ['email', 'personal', 'b@example.org', true],
      ['phone', 'mobile', '06 12 34 56 78', true],
    ]);
  });

  it.each([
    [email('no address'), 'EMAIL_INVALID', 'emails[0].value'],
    [email(' '), 'EMAIL_INVALID', 'emails[0].value'],
    [email('a@example.org', { type: 'secret' }), 'CONTACT_TYPE', 'emails[0].type'],
    [{ kind: 'phone' as const, value: 'none' }, 'PHONE_INVALID', 'phones[0].value'],
    [{ kind: 'address' as const, value: '' }, 'ADDRESS_INCOMPLETE', 'addresses[0].value'],
    [{ kind: 'address' as const, value: '1, rue', postalCode: '31' }, 'POSTAL_CODE_INVALID', 'addresses[0].postalCode'],
    [{ kind: 'address' as const, value: 'x'.repeat(301) }, 'CONTACT_TOO_LONG', 'addresses[0].value'],
  ])('USR-03 %j is refused: %s', (contact, code, path) => {
    expect(kept([contact])).toEqual({ code, path });
  });
});
