import { describe, expect, it } from 'vitest';
import {
  CODE_ALPHABET,
  codeKey,
  groupedCode,
  missingParts,
  PASSWORD_PARTS,
  terminalWaitAfter,
  waitAfter,
} from '../../source/circulation/passwords.ts';

describe('a password', () => {
  it.each(['Abcdef1!', 'Été à 8 h', 'ÀÉÎõü9€x', '12345aB_', 'aB3 567 '])('USR-11 is strong enough: %s', (password) => {
    expect(missingParts(password)).toEqual([]);
  });

  it.each([
    ['', PASSWORD_PARTS],
    ['Abcde1!', ['length']],
    ['Abcdefg!', ['digit']],
    ['ABCDEF1!', ['lower-case']],
    ['abcdef1!', ['upper-case']],
    ['Abcdefg1', ['special']],
    ['09021999', ['lower-case', 'upper-case', 'special']],
    // An accent that stands by itself is part of its letter.
    ['Abcdefe\u03011', ['special']],
  ])('USR-11 %j lacks %j', (password, missing) => {
    expect(missingParts(password)).toEqual(missing);
  });

  it('USR-11 of eight characters has eight, however many bytes they take', () => {
    expect(missingParts('aB1!\u{1F511}\u{1F511}\u{1F511}')).toEqual(['length']);
    expect(missingParts('aB1!\u{1F511}\u{1F511}\u{1F511}\u{1F511}')).toEqual([]);
  });
});

describe('wrong passwords', () => {
  it('REL-07 make an account wait from the third on, twice as long each time, an hour at the most', () => {
    const minutes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30].map((failures) => waitAfter(failures) / 60_000);
    expect(minutes).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
  });
});

describe('failures at a terminal', () => {
  it('REL-07 make it wait from the fifth on, twice as long each time, a quarter of an hour at the most', () => {
    const minutes = [0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 99].map((failures) => terminalWaitAfter(failures) / 60_000);
    expect(minutes).toEqual([0, 0, 0, 0.5, 1, 2, 4, 8, 15, 15, 15]);
  });
});

describe('a one-time code', () => {
  it('USR-11 is made of characters that nobody takes for another', () => {
    expect(new Set(CODE_ALPHABET).size).toBe(CODE_ALPHABET.length);
    expect(CODE_ALPHABET).toMatch(/^[A-Z\d]+$/);
    expect(CODE_ALPHABET).not.toMatch(/[012568BDILOQSUVZ]/);
  });

  it('USR-11 is read in groups, and typed as one likes', () => {
    expect(groupedCode('ACEFGHJKMN')).toBe('ACEFG-HJKMN');
    for (const typed of ['ACEFG-HJKMN', 'acefg hjkmn', ' ACEFGHJKMN\n', 'acefg\u2011hjkmn', 'a c.e_f-g hjkmn'])
      expect(codeKey(typed)).toBe('ACEFGHJKMN');
  });
});
