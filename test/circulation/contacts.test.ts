import { describe, expect, it } from 'vitest';
import { isEmail, tidyContact, tidyPhone, tidyPostalCode } from '../../source/circulation/contacts.ts';
import { addMonths, purgeAfter } from '../../source/circulation/patron-dates.ts';

const NOWHERE = { city: null, postalCode: null, country: null };

describe('dates of a record', () => {
  it.each([
    ['2020-02-09', '2020-05-09'],
    ['2026-11-30', '2027-02-28'],
    ['2027-11-30', '2028-02-29'],
    ['2026-10-30', '2027-01-30'],
    ['2026-12-31', '2027-03-31'],
  ])('USR-03 USR-04 expires on %s: to be purged on %s', (expiry, purge) => {
    expect(purgeAfter(expiry)).toBe(purge);
  });

  it('USR-04 what never expires is never purged', () => {
    expect(purgeAfter(null)).toBeNull();
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-15', 12, '2027-01-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('USR-03 %s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });
});

describe('e-mail addresses', () => {
  it.each(['ana@example.org', 'a@b.fr', "o'neill+biblio@mail.univ-toulouse.fr", 'zoé@exemple.fr', 'x_y-z@1und1.de'])(
    'USR-03 %s can be one',
    (text) => {
      expect(isEmail(text)).toBe(true);
    },
  );

  it.each([
    '',
    'ana',
    'ana@',
    '@example.org',
    'ana@example',
    'ana@@example.org',
    'ana@example..org',
    'ana.@example.org',
    '.ana@example.org',
    'ana@-example.org',
    'ana @example.org',
    'ana@exam ple.org',
    'ana,luc@example.org',
    'ana@example.org;luc@example.org',
    'Ana <ana@example.org>',
    `${'x'.repeat(250)}@example.org`,
  ])('USR-03 %s cannot', (text) => {
    expect(isEmail(text)).toBe(false);
  });
});

describe('phone numbers', () => {
  it.each([
    ['0561123456', '05 61 12 34 56'],
    ['05.61.12.34.56', '05 61 12 34 56'],
    ['05-61-12-34-56', '05 61 12 34 56'],
    ['05 61 12\u00A034 56', '05 61 12 34 56'],
    ['+33 5 61 12 34 56', '05 61 12 34 56'],
    ['+33 (0)5 61 12 34 56', '05 61 12 34 56'],
    ['0033561123456', '05 61 12 34 56'],
    ['33561123456', '05 61 12 34 56'],
    ['+34 911  23 45 67', '+34 911 23 45 67'],
    ['0034911234567', '0034911234567'],
  ])('USR-07 %s is kept as %s', (written, kept) => {
    expect(tidyPhone(written)).toBe(kept);
  });

  it.each(['', '056112345', '05611234567', '05 61 12 34 5A', '1234', '+33 5 61', 'bureau', '+1234567890123456'])(
    'USR-07 %s is none',
    (written) => {
      expect(tidyPhone(written)).toBeUndefined();
    },
  );
});

describe('postal codes', () => {
  it.each([
    ['31 000', null, '31000'],
    ['31000', 'France', '31000'],
    ['3100', null, undefined],
    ['310000', 'FR', undefined],
    ['sw1a 1aa', 'United Kingdom', 'SW1A 1AA'],
    ['08001', 'España', '08001'],
    ['?', 'Italia', undefined],
  ])('USR-07 %s of %s is kept as %s', (written, country, kept) => {
    expect(tidyPostalCode(written, country)).toBe(kept);
  });
});

describe('contacts', () => {
  const PLACEHOLDER = 'adresse.manquante@example.org';
  const email = (value: string, type?: string) =>
    tidyContact({ kind: 'email', value, ...(type === undefined ? {} : { type }) }, PLACEHOLDER);

  it('USR-03 the placeholder is of the type alternative, whatever its capitals, and nothing else is', () => {
    const placeholder = { kind: 'email', type: 'alternative', value: PLACEHOLDER, ...NOWHERE };
    expect(email(PLACEHOLDER)).toEqual(placeholder);
    expect(email(PLACEHOLDER, 'alternative')).toEqual(placeholder);
    expect(email(` ${PLACEHOLDER.toUpperCase()}`)).toMatchObject({ type: 'alternative' });
    expect(email(PLACEHOLDER, 'work')).toEqual({ path: 'type', problem: 'placeholder', value: 'work' });
    expect(email('ana@example.org', 'alternative')).toMatchObject({ path: 'type', problem: 'placeholder' });
    expect(email('ana@example.org', 'work')).toMatchObject({ type: 'work', value: 'ana@example.org' });
  });

  it('USR-07 what cannot be kept says which field and why', () => {
    expect(tidyContact({ kind: 'fax' as 'phone', value: 'x' })).toMatchObject({ path: 'kind' });
    expect(tidyContact({ kind: 'phone', type: 'school', value: '0561123456' })).toEqual({
      path: 'type',
      problem: 'unknown-code',
      value: 'school',
    });
    expect(email('  ')).toEqual({ path: 'value', problem: 'empty' });
    expect(tidyContact({ kind: 'address', value: '\n \n' })).toEqual({ path: 'value', problem: 'empty' });
    expect(tidyContact({ kind: 'address', value: 'x'.repeat(301) })).toMatchObject({ problem: 'too-long' });
    const far = { kind: 'address', value: 'x', city: 'y'.repeat(301) } as const;
    expect(tidyContact(far)).toMatchObject({ path: 'city', problem: 'too-long' });
    const unknown = { kind: 'address', value: 'x', postalCode: '310' } as const;
    expect(tidyContact(unknown)).toEqual({ path: 'postalCode', problem: 'not-a-postal-code', value: '310' });
  });

  it('USR-07 an address keeps its lines, a number has no city', () => {
    const address = {
      kind: 'address',
      type: 'home',
      value: ' 31,  rue Ozenne\r\n\n Bât. B ',
      city: ' Toulouse ',
    } as const;
    expect(tidyContact({ ...address, postalCode: '31 000' })).toEqual({
      kind: 'address',
      type: 'home',
      value: '31, rue Ozenne\nBât. B',
      city: 'Toulouse',
      postalCode: '31000',
      country: null,
    });
    expect(tidyContact({ kind: 'phone', value: '0561123456', city: 'Toulouse' })).toMatchObject(NOWHERE);
  });
});
