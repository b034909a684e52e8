import type { Records } from '../records/records.ts';
import { queueIdentity } from './identity-message.ts';
import { preferredAddress } from './letter-address.ts';
import { accountCalled } from './patron-sign-in.ts';
import { action } from './perform.ts';
import type { Desk, Refusal } from './perform.ts';
import { terminalFailed, terminalWaits } from './sign-in-attempts.ts';
import type { Wait } from './sign-in-attempts.ts';

const MINUTE = 60_000;
/** One message in that time … */
const BETWEEN = 10 * MINUTE;
/** … and so many in a day, whoever asks: nobody's mailbox is filled from a terminal. */
const IN_A_DAY = 5;
const DAY = 24 * 60 * MINUTE;

type AskRequest = { readonly name: string };

const findAccount = async (records: Records, { name }: AskRequest): Promise<number | null> =>
  (await accountCalled(records, name))?.id ?? null;

export type CodeAsked =
  /** Whether or not a message leaves: nothing of it can be told from the answer. */
  { readonly kind: 'asked' } | Wait | Refusal;

/**
 * A forgotten password (KIO-02, manual XI.3.1): the identity message goes to the preferred address, if an internal reader with an
 * address is called so, none is waiting, and none has been made in the last ten minutes. Always `asked`; every asking counts at
 * the terminal.
 */
export const askForCode = action(
  'ask-for-code',
  { permission: null, kiosk: 'anybody', prepare: findAccount },
  async (desk: Desk, _: AskRequest, patronId: number | null): Promise<CodeAsked> => {
    const { records, now } = desk;
    const wait = await terminalWaits(desk);
    if (wait) return wait;
    await terminalFailed(desk);
    const account = await records.patronPasswords.lockedAccount(patronId ?? 0);
    const address = await preferredAddress(desk, account?.id ?? 0);
    const made = await records.letters.identityMessages(account?.id ?? 0, now - DAY);
    const patron = await records.patrons.byId(account?.id ?? 0);
    const isEnough = made.length >= IN_A_DAY || made.some(({ at, waits }) => waits || at > now - BETWEEN);
    if (!patron || patron.kind === 'external' || address === null || isEnough) return { kind: 'asked' };
    await queueIdentity(desk, patron, address);
    return { kind: 'asked' };
  },
);
