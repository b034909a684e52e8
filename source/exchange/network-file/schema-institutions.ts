import { z } from 'zod';
import {
  isDirectoryAddress,
  isEntryName,
  isEntryTemplate,
  isFilterTemplate,
  isRecordTemplate,
} from './directory-values.ts';
import * as part from './schema-parts.ts';

const { strictMap, code, name, words, formatted, where } = part;

const address = formatted('directory-address', where(isDirectoryAddress), {
  format: 'uri',
  examples: ['ldaps://ldap.example.org'],
});
const entry = formatted('entry-name', where(isEntryName), { examples: ['ou=people,dc=example,dc=org'] });
const entryOfName = formatted('entry-template', where(isEntryTemplate), {
  examples: ['uid={name},ou=people,dc=example,dc=org'],
});
const filter = formatted('filter-template', where(isFilterTemplate), { examples: ['(uid={name})'] });
const record = formatted('record-template', where(isRecordTemplate), { examples: ['ut3.{uid}'] });

/** An institution whose members sign in with what it gave them (KIO-02), and how its directory is asked. */
export const institutionShape = strictMap({
  code,
  name: words,
  campus: code.exactOptional(),
  directory: strictMap({
    url: address,
    startTls: z.boolean().default(false),
    bind: entryOfName.exactOptional(),
    search: strictMap({ base: entry, filter, as: entry.exactOptional() }).exactOptional(),
    records: z.array(record).min(1).max(10),
    ca: name.exactOptional(),
    timeout: part.seconds.prefault('5 seconds'),
  }),
});
