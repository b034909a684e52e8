import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Institution, InstitutionDirectory } from '../../source/circulation/institutions.ts';
import { directoryTrouble, openDirectory } from '../../source/exchange/directory/index.ts';
import { hasSlapd, startOpenLdap } from '../support/openldap.ts';
import type { OpenLdap } from '../support/openldap.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const person = (dn: string, uid: string, password: string, more = ''): string => `
dn:: ${base64(dn)}
objectClass: inetOrgPerson
cn: ${base64(uid).replaceAll(/\W/gu, '')}
sn: Martin
uid:: ${base64(uid)}
userPassword:: ${base64(password)}
${more}`;

const PEOPLE = 'ou=people,dc=example,dc=org';
const LDIF = `dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ${PEOPLE}
objectClass: organizationalUnit
ou: people

dn: cn=guichet,dc=example,dc=org
objectClass: person
cn: guichet
sn: guichet
userPassword: reader-secret
${person(`uid=ana,${PEOPLE}`, 'ana', 'Abricot-7', 'employeeNumber: 21400000017\n')}
${person(`uid=luc,${PEOPLE}`, 'luc', 'Cerise-8')}
${person(`uid=éva,${PEOPLE}`, 'éva', 'Été-9 ☂')}
${person(`uid=o'hara\\, (x)*,${PEOPLE}`, "o'hara, (x)*", 'Dune-10')}
dn: uid=away,${PEOPLE}
objectClass: referral
objectClass: extensibleObject
uid: away
ref: ldap://elsewhere.example.org/uid=away,dc=elsewhere
`;

const SEARCH = {
  base: PEOPLE,
  filter: '(&(objectClass=inetOrgPerson)(uid={name}))',
  as: 'cn=guichet,dc=example,dc=org',
};
const secrets = { passwordOf: () => 'reader-secret' };
const { verify, answers } = openDirectory(secrets);
const WRONG = { kind: 'wrong' };

describe.skipIf(!hasSlapd())('a real OpenLDAP (skipped where slapd is not installed)', () => {
  let server: OpenLdap | undefined;
  beforeAll(async () => {
    server = await startOpenLdap(LDIF);
  }, 60_000);
  afterAll(async () => server?.close());

  const at = (how: 'none' | 'ldaps' | 'starttls', more: Partial<InstitutionDirectory> = {}): Institution => {
    const { ports, ca } = server ?? { ports: { ldap: 0, ldaps: 0 }, ca: '' };
    return {
      code: 'one',
      name: { fr: 'Une', en: 'One' },
      directory: {
        url: how === 'ldaps' ? `ldaps://127.0.0.1:${ports.ldaps}` : `ldap://127.0.0.1:${ports.ldap}`,
        startTls: how === 'starttls',
        records: ['one.{uid}', '{employeeNumber}'],
        ...(how === 'none' ? {} : { ca }),
        timeout: 10_000,
        ...(more.search ? {} : { bind: `uid={name},${PEOPLE}` }),
        ...more,
      },
    };
  };
  const ways = (['none', 'ldaps', 'starttls'] as const).flatMap((how) => [
    { how, way: 'by name', more: {} },
    { how, way: 'by search', more: { search: SEARCH } },
  ]);

  it.each(ways)('KIO-02 knows its people, and nobody else: $how, $way', async ({ how, more }) => {
    const one = at(how, more);
    expect(await verify(one, 'ana', 'Abricot-7')).toEqual({ kind: 'known', identifiers: ['one.ana', '21400000017'] });
    expect(await verify(one, 'luc', 'Cerise-8')).toEqual({ kind: 'known', identifiers: ['one.luc'] });
    expect(await verify(one, 'éva', 'Été-9 ☂')).toEqual({ kind: 'known', identifiers: ['one.éva'] });
    expect(await verify(one, "o'hara, (x)*", 'Dune-10')).toMatchObject({ kind: 'known' });
    for (const [name, password] of [
      ['ana', 'x'],
      ['ana', ''],
      ['ana', 'Cerise-8'],
      ['nobody', 'Abricot-7'],
      ['*', 'Abricot-7'],
      ['an*', 'Abricot-7'],
      ['ana)(uid=*', 'Abricot-7'],
      ['*)(uid=*))(|(uid=*', 'Abricot-7'],
      [`ana,${PEOPLE}`, 'Abricot-7'],
      ['ana+sn=Martin', 'Abricot-7'],
      ['away', 'Abricot-7'],
      ['', 'Abricot-7'],
    ] as const)
      expect([name, await verify(one, name, password)]).toEqual([name, WRONG]);
    expect(await answers(one)).toBe(true);
  });

  it('KIO-02 reads a name as loosely as it likes: the record is that of the entry', async () => {
    expect(await verify(at('ldaps'), ' ANA ', 'Abricot-7')).toEqual({
      kind: 'known',
      identifiers: ['one.ana', '21400000017'],
    });
    expect(await verify(at('ldaps', { records: ['one.{name}'] }), 'ANA', 'Abricot-7')).toEqual({
      kind: 'known',
      identifiers: ['one.ANA'],
    });
  });

  it('REL-07 is asked by nobody whom its certificate does not satisfy', async () => {
    for (const how of ['ldaps', 'starttls'] as const) {
      const { ca: _, ...directory } = at(how).directory;
      expect(await directoryTrouble({ ...at(how), directory }, secrets)).toMatchObject({ because: 'certificate' });
      expect(await verify({ ...at(how), directory }, 'ana', 'Abricot-7')).toEqual({ kind: 'away' });
    }
  });

  it('KIO-02 tells what is wrong with the account that searches', async () => {
    const one = at('ldaps', { search: SEARCH });
    expect(await directoryTrouble(one, secrets)).toBeUndefined();
    expect(await directoryTrouble(one, { passwordOf: () => 'x' })).toMatchObject({ because: 'account' });
    expect(await directoryTrouble(one, { passwordOf: () => undefined })).toMatchObject({ because: 'no-password' });
    const nowhere = at('ldaps', { search: { ...SEARCH, base: 'ou=none,dc=example,dc=org' } });
    expect(await directoryTrouble(nowhere, secrets)).toMatchObject({ because: 'no-base' });
    // Without an account that may see anything, nobody is found.
    const anonymous = at('ldaps', { search: { base: PEOPLE, filter: '(uid={name})' } });
    expect(await directoryTrouble(anonymous, secrets)).toMatchObject({ because: 'no-base' });
  });

  it('KIO-02 answers many at one moment, each their own', async () => {
    const people = [
      ['ana', 'Abricot-7', 'known'],
      ['luc', 'Cerise-8', 'known'],
      ['ana', 'Cerise-8', 'wrong'],
      ['luc', 'Abricot-7', 'wrong'],
    ] as const;
    const asked = Array.from({ length: 8 }, () => people).flat();
    const said = await Promise.all(
      asked.map(async ([name, password]) => (await verify(at('starttls', { search: SEARCH }), name, password)).kind),
    );
    expect(said).toEqual(asked.map(([, , kind]) => kind));
  });
});
