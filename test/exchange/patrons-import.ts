import { importPatronFile } from '../../source/exchange/patrons/index.ts';
import type { PatronImportOptions, PatronImportReport, PatronProblem } from '../../source/exchange/patrons/index.ts';
import { almaXml, cardNetwork } from '../support/card-users.ts';
import type { CardUser } from '../support/card-users.ts';
import type { TestDatabase } from '../support/databases.ts';
import { commandLine } from '../support/house.ts';
import type { Scene } from '../support/house.ts';
import { inPieces } from '../support/marc.ts';

export type Imported = PatronImportReport & {
  readonly problems: readonly PatronProblem[];
  /** `problem field` of each. */
  readonly told: readonly string[];
};

/** Imports a file as the command line does; Alma's XML unless it says otherwise. */
export async function importUsers(
  { perform }: Scene,
  file: Buffer | string | readonly (CardUser | string)[],
  more: Partial<PatronImportOptions> = {},
): Promise<Imported> {
  const whole = typeof file === 'string' || Buffer.isBuffer(file) ? file : almaXml(file);
  const problems: PatronProblem[] = [];
  const report = await importPatronFile(
    inPieces(whole),
    { perform, seat: commandLine, network: cardNetwork },
    { format: 'alma-xml', name: 'users.xml', onProblem: (one) => problems.push(one), ...more },
  );
  if ('kind' in report) throw new Error(JSON.stringify(report));
  const told = problems.map((one) => [one.problem, one.field].filter(Boolean).join(' '));
  return { ...report, problems, told };
}

/** Everything that an import may write, but ids and moments. */
export async function everybody(database: TestDatabase): Promise<unknown> {
  const of = `(select i.value from patron_identifiers i where i.patron_id = x.patron_id order by i.id limit 1)`;
  return {
    patrons: await database.sql(
      `select x.last_name, x.first_name, x.sort_name, x.group_code, x.campus, x.category, x.birth_day, x.status, x.kind, x.language,
         x.expiry_day, x.purge_day, x.card_digest, x.deactivated_because from patrons x
         order by (select i.value from patron_identifiers i where i.patron_id = x.id order by i.id limit 1)`,
    ),
    identifiers: await database.sql(
      `select ${of} as of, x.type, x.value, x.value_key, x.external from patron_identifiers x order by x.value_key`,
    ),
    contacts: await database.sql(
      `select ${of} as of, x.kind, x.type, x.value, x.city, x.postal_code, x.country, x.preferred, x.external from patron_contacts x
         order by 1, x.kind, x.value`,
    ),
    words: await database.sql(`select ${of} as of, x.word, x.name from patron_words x order by 1, x.word, x.name`),
    statistics: await database.sql(
      `select ${of} as of, x.code, x.external from patron_statistics x order by 1, x.code`,
    ),
    notes: await database.sql(
      `select ${of} as of, x.text, x.external from patron_notes x where x.deleted_at is null order by 1, x.text`,
    ),
  };
}
