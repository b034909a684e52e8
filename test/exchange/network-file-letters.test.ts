import { describe, expect, test } from 'vitest';
import { printerAddress } from '../../source/circulation/network.ts';
import type { Library } from '../../source/circulation/network.ts';
import { changed, errorsOf, networkOf } from './small-network.ts';

/** The first library of a file in which it says something more. */
function libraryWith(more: string): Library {
  const [library] = networkOf(changed('    name: BU Sciences', `    name: BU Sciences\n    ${more}`)).libraries;
  if (!library) throw new Error('no library');
  return library;
}

describe('LET-03 LET-06: what letters need of a network file', () => {
  test('where a library is, and who answers for nobody', () => {
    const { contact } = libraryWith(
      'contact: {address: [1 rue X, 31000 Y], phone: 05 36 49 00 01, web: "https://x.example.org"}',
    );
    expect(contact).toEqual({
      address: ['1 rue X', '31000 Y'],
      phone: '05 36 49 00 01',
      web: 'https://x.example.org',
    });
    expect(networkOf(changed('code: small,', 'code: small, noReply: no@example.org,')).noReply).toBe('no@example.org');
  });

  test('letters without an address fail unless they are to be printed; the printer is its own, or its first desk’s', () => {
    expect(libraryWith('letters: {}').letters).toEqual({ withoutAddress: 'fail' });
    const own = libraryWith('letters: {withoutAddress: paper, printer: bills@example.org}');
    expect(own.letters).toEqual({ withoutAddress: 'paper', printer: 'bills@example.org' });
    expect(printerAddress(own)).toBe('bills@example.org');
    expect(printerAddress(libraryWith('letters: {}'))).toBe('pret@example.org');
    const [, other] = networkOf(changed('code: small,', 'code: small,')).libraries;
    expect(other && printerAddress(other)).toBeNull();
  });

  test.each([
    ['letters: {withoutAddress: shred}', '.letters.withoutAddress'],
    ['letters: {printer: nobody}', '.letters.printer'],
    ['contact: {web: "javascript:alert(1)"}', '.contact.web'],
    ['contact: {fax: "1"}', '.contact.fax'],
    ['contact: {address: []}', '.contact.address'],
  ])('%s is refused', (more, path) => {
    const errors = errorsOf(changed('    name: BU Sciences', `    name: BU Sciences\n    ${more}`));
    expect(errors).toMatchObject([{ path: `libraries[0]${path}` }]);
  });

  test('REL-06 a sender is one address and nothing else', () => {
    for (const sender of ['"a@b.org, c@d.org"', '"A <a@b.org>"', '"a@b.org\\nBcc: c@d.org"']) {
      const errors = errorsOf(changed('sender: sci@example.org', `sender: ${sender}`));
      expect(errors).toMatchObject([{ problem: 'bad-format', path: 'libraries[0].notices.sender', allowed: 'email' }]);
    }
  });
});
