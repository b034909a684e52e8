import { PASSWORD_PARTS, missingParts } from '../../../circulation/passwords.ts';
import { dayOf } from '../../../circulation/time.ts';
import { printIdentityMessage, sendIdentityMessage } from '../../../desk/identity-message.ts';
import { closeForUpdate, openForUpdate } from '../../../desk/open-for-update.ts';
import { patronAccess, setPatronPassword } from '../../../desk/patron-passwords.ts';
import { readPatronRecord } from '../../../desk/patron-record.ts';
import { verifyRecord } from '../../../desk/verify-record.ts';
import { wordsIn } from '../../../language/index.ts';
import { printable } from '../../../language/printable.ts';
import type { Runtime } from '../../runtime.ts';
import { sentence } from '../lending.ts';
import { letterMeans, letters } from '../letter-means.ts';
import { recordChanged } from './tabs.ts';

/** *Record verified* (USR-09): the note and its date, by one command. */
export async function verify(runtime: Runtime, patron: number): Promise<void> {
  const outcome = await runtime.perform(verifyRecord, { patron });
  const words = runtime.words().records;
  if (outcome.kind === 'verified') runtime.tell('done', words.nowVerified(printable(outcome.note.text)));
  else if (outcome.kind === 'already') {
    const { timeZone } = runtime.store.get();
    const on = runtime.dates().numeric(dayOf(outcome.note.createdAt, timeZone));
    runtime.tell('information', words.verifiedOn(on, printable(outcome.note.createdBy ?? '')));
  } else return runtime.refuse(outcome);
  await recordChanged(runtime);
}

/** *Open for update* (USR-08): unlocks the inherited fields, and asks whether the group is kept from the next import. */
export async function toggleOpen(runtime: Runtime, patron: number): Promise<void> {
  const words = runtime.words().records;
  const found = await runtime.perform(readPatronRecord, { patron });
  if (found.kind !== 'record') return runtime.refuse(found);
  const { record } = found;
  if (record.kind === 'internal') return runtime.tell('information', words.openAlready);
  if (record.openForUpdate) {
    const outcome = await runtime.perform(closeForUpdate, { patron });
    if (outcome.kind === 'closed') runtime.tell('done', words.closedAgain);
    else if (outcome.kind !== 'internal') runtime.refuse(outcome);
    return recordChanged(runtime);
  }
  const filled = await runtime.askForm({
    key: `patron ${patron} open`,
    title: words.opening,
    fields: [
      {
        kind: 'yes-no',
        name: 'protect',
        label: words.protect,
        value: record.groupProtected,
        hint: words.protectHint,
      },
    ],
  });
  if (!filled) return;
  const outcome = await runtime.perform(openForUpdate, { patron, protectGroup: filled['protect'] === true });
  if (outcome.kind === 'open') runtime.tell('done', words.nowOpen);
  else if (outcome.kind !== 'internal') return runtime.refuse(outcome);
  await recordChanged(runtime);
}

/** The identity message (USR-11): a letter whose code is made when it leaves; on paper for who has no address. */
export async function identityMessage(runtime: Runtime, patron: number): Promise<void> {
  const words = runtime.words().records;
  const outcome = await runtime.perform(sendIdentityMessage, { patron });
  switch (outcome.kind) {
    case 'queued':
      runtime.tell('done', sentence(runtime, words.messageQueued, printable(outcome.address)));
      return recordChanged(runtime);
    case 'waiting':
      return runtime.tell('information', sentence(runtime, words.waits, printable(outcome.address)));
    case 'external':
      return runtime.tell('refusal', words.noPassword);
    case 'no-address':
      return printMessage(runtime, patron);
    default:
      return runtime.refuse(outcome);
  }
}

async function printMessage(runtime: Runtime, patron: number): Promise<void> {
  const words = runtime.words().records;
  const answer = await runtime.ask({
    title: words.askPrintMessage,
    lines: [words.printMessageLine],
    why: [],
    choices: ['answer-print', 'answer-cancel'],
  });
  if (answer !== 'answer-print') return;
  const printed = await runtime.perform(printIdentityMessage, { patron });
  if (printed.kind === 'external') return runtime.tell('refusal', words.noPassword);
  if (printed.kind !== 'printed') return runtime.refuse(printed);
  const { letterOnPaper, letterText } = await letters();
  const means = await letterMeans(runtime);
  const { subject } = letterText(printed.letter, means);
  const lines = letterOnPaper(printed.letter, means, printed.code);
  runtime.print({ title: subject, lines });
  await recordChanged(runtime);
}

/** Staff type a password for somebody who has forgotten theirs (USR-11). It is masked, and asked twice. */
export async function typePassword(runtime: Runtime, patron: number): Promise<void> {
  const words = runtime.words().records;
  const access = await runtime.perform(patronAccess, { patron });
  if (access.kind !== 'access') return runtime.refuse(access);
  if (!access.mayHave) return runtime.tell('refusal', words.noPassword);
  const parts = wordsIn(runtime.store.get().language).letters.passwordParts;
  const missing = (text: string): string | undefined => {
    const lacking = missingParts(text);
    return lacking.length === 0 ? undefined : words.passwordLacks(lacking.map((one) => parts[one]).join(', '));
  };
  const { timeZone } = runtime.store.get();
  const since = access.password ? runtime.dates().numeric(dayOf(access.password.setAt, timeZone)) : null;
  const values = await runtime.askForm({
    key: `patron ${patron} password`,
    secret: true,
    title: since === null ? words.firstPassword : words.newPassword(since),
    fields: [
      {
        kind: 'text',
        name: 'password',
        label: words.password,
        value: '',
        masked: true,
        hint: words.passwordHint(PASSWORD_PARTS.map((one) => parts[one]).join(', ')),
        live: missing,
      },
      { kind: 'text', name: 'again', label: words.passwordAgain, value: '', masked: true },
    ],
    check: (filled) => {
      const lacking = missing(String(filled['password']));
      if (lacking !== undefined) return { field: 'password', text: lacking };
      return filled['password'] === filled['again'] ? undefined : { field: 'again', text: words.passwordsDiffer };
    },
  });
  if (!values) return;
  const outcome = await runtime.perform(setPatronPassword, { patron, password: String(values['password']) });
  if (outcome.kind === 'password-set') runtime.tell('done', words.passwordSet);
  else if (outcome.kind === 'external') runtime.tell('refusal', words.noPassword);
  else if (outcome.kind === 'weak')
    runtime.tell('refusal', words.passwordLacks(outcome.missing.map((one) => parts[one]).join(', ')));
  else runtime.refuse(outcome);
  await recordChanged(runtime);
}
