import { profileOf } from '../../../circulation/registration.ts';
import { finishRegistration } from '../../../desk/finish-registration.ts';
import { openPatron } from '../../../desk/patrons.ts';
import { reRegister } from '../../../desk/re-register.ts';
import { registerPatron } from '../../../desk/register-patron.ts';
import type { RegisterOutcome, RegisterRequest } from '../../../desk/register-patron.ts';
import { registerResult } from '../../register-results.ts';
import { failureResult } from '../../results.ts';
import type { PlainResult } from '../../results.ts';
import type { RegisterFields } from '../register-format.ts';
import type { Stage } from '../stage.ts';

type Named = { readonly type: string; readonly value: string };

/** Without what is undefined. */
function given<Fields extends object>(fields: Fields): { [Key in keyof Fields]: Exclude<Fields[Key], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };
}

/** The identifier that the profile asks for, by whatever name it was given, and the further ones. */
function identifiersIn(stage: Stage, fields: RegisterFields): { identifier: string; identifiers: readonly Named[] } {
  const { identifier, id, card, unr, barcode, identifiers = [] } = fields;
  const asked = profileOf(stage.network, fields.profile)?.identifier.type;
  const bare = [
    { type: 'PRIMARY', value: identifier },
    { type: 'PRIMARY', value: id },
    { type: 'CARD', value: card },
    { type: 'UNR', value: unr },
    { type: 'BARCODE', value: barcode },
  ];
  const all = [...bare.filter((one): one is Named => one.value !== undefined), ...identifiers];
  const first = all.find((one) => one.type.toUpperCase() === asked) ?? all[0];
  return { identifier: first?.value ?? '', identifiers: all.filter((one) => one !== first) };
}

type Contacts = NonNullable<RegisterRequest['emails']>;

/** Contacts as the desk takes them. */
function contactsIn(...lists: readonly (RegisterFields['address'] | RegisterFields['email'])[]): Contacts {
  return lists.flatMap((list) => list ?? []).map(({ value = '', ...one }) => ({ value, ...one }));
}

/** Whose records the step sets aside: those that the desk shows now, by their identifiers; or all of them. */
async function despiteIn(stage: Stage, fields: RegisterFields): Promise<readonly number[] | 'all'> {
  const { despite = fields.acceptDuplicates ?? fields.confirm ?? fields.force ?? false } = fields;
  if (despite === true || despite === 'all') return 'all';
  const ids: number[] = [];
  for (const patron of despite === false ? [] : despite) {
    const opened = await stage.act(openPatron, { patron });
    if (opened.kind === 'opened') ids.push(opened.pane.patron.id);
  }
  return ids;
}

/** A record that is there already: its pre-registration is finished (USR-13), or it registers again (USR-12). */
async function again(stage: Stage, patron: string, fields: RegisterFields): Promise<PlainResult> {
  const opened = await stage.act(openPatron, { patron });
  if (opened.kind !== 'opened') return failureResult(opened);
  const { id, group: before } = opened.pane.patron;
  const { profile, group, campus, expiry, purge, statistics, statistic } = fields;
  const dates = given({ campus, expiry, purge });
  if (before !== null && before === stage.network.preRegistration?.group) {
    const { identifier } = identifiersIn(stage, fields);
    return registerResult(
      await stage.act(finishRegistration, { patron: id, identifier, ...given({ profile, group }), ...dates }),
    );
  }
  const isDespite = (await despiteIn(stage, fields)) === 'all';
  const said = given({ statistics: statistics ?? statistic });
  return registerResult(
    await stage.act(reRegister, { patron: id, ...dates, ...said, ...(isDespite ? { despite: true } : {}) }),
  );
}

/** The record that the card system has made of it, where a file of it was imported before (IMP-04). */
async function lookedUp(stage: Stage, made: Extract<RegisterOutcome, { kind: 'registered' }>): Promise<PlainResult> {
  const { kind: cardSystem } = await stage.lookUpNow(made.id);
  if (cardSystem === 'no-card-system') return registerResult(made);
  const opened = await stage.act(openPatron, { patron: made.id });
  const patron = opened.kind === 'opened' ? opened.pane.patron : made.patron;
  return { ...registerResult({ ...made, patron }), cardSystem };
}

/** `register`: a new record by its profile; with `patron`, one that is there already. */
export async function registerStep(stage: Stage, fields: RegisterFields): Promise<PlainResult> {
  if (fields.patron !== undefined) return again(stage, fields.patron, fields);
  const { name, lastName = name ?? '', firstName, birthDate, birthDay = birthDate } = fields;
  const { profile, group, campus, language, expiry, purge, category, statistics, statistic } = fields;
  const emails = contactsIn(fields.email, fields.emails);
  // The box *alternative* is an address of that type; the network says which.
  const isAlternative = emails.some((one) => one.type === 'alternative');
  const { noEmail = fields.alternative ?? isAlternative } = fields;
  const outcome = await stage.act(registerPatron, {
    lastName,
    ...given({ profile, firstName, birthDay, group, campus, language, expiry, purge, category }),
    ...given({ statistics: statistics ?? statistic }),
    ...identifiersIn(stage, fields),
    emails: emails.filter((one) => one.type !== 'alternative'),
    noEmail,
    phones: contactsIn(fields.phone, fields.phones),
    addresses: contactsIn(fields.address, fields.addresses),
    despite: await despiteIn(stage, fields),
  });
  if (outcome.kind !== 'registered' || !outcome.toOverwrite) return registerResult(outcome);
  return lookedUp(stage, outcome);
}
