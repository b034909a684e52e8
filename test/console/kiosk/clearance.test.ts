import { describe, expect, it } from 'vitest';
import { listPatronNotes } from '../../../source/desk/patron-notes.ts';
import { blockPatron } from '../../../source/desk/patron-blocks.ts';
import { openPatron } from '../../../source/desk/patrons.ts';
import { deskRuns } from '../../support/desk-script.ts';
import { kioskScript } from '../../support/kiosk-driver.ts';
import { directoryOf, enterAs, withMembers } from '../../support/kiosk-people.ts';
import { smallNetwork } from '../../support/network.ts';

const ANA = 'UPS.ana';
const CARD = '2999000012345';
const EMAIL = 'ana.martin@example.org';
const BORN = '09/02/2004';

describe.each(deskRuns)('manual XII.3, a clearance that is asked for, on $name in $language', (run) => {
  let ana = 0;
  const script = kioskScript(run, {
    network: withMembers(smallNetwork),
    setting: { directory: directoryOf(ANA), library: 'sci' },
    setUp: async ({ scene }) => {
      ana = await scene.patron({
        id: ANA,
        kind: 'external',
        lastName: 'Martin',
        firstName: 'Ana',
        birthDay: '2004-02-09',
        email: EMAIL,
        identifiers: [
          { type: 'PRIMARY', value: ANA },
          { type: 'BARCODE', value: CARD },
        ],
      });
      await scene.items(
        { barcode: 'B1', title: 'Optique' },
        { barcode: 'B2', title: 'Algèbre', location: 'buc/SALLE' },
      );
    },
  });
  const { words } = script;
  const { account, clearance, home, messages, signIn } = words.kiosk;
  const ask = async (card: string, born: string): Promise<void> => {
    await script.choose(home.clearance);
    expect(await script.kiosk.flat()).toContain(clearance.said);
    await script.kiosk.scan(card);
    await script.fill(born);
  };
  const numberOf = async (): Promise<string> => {
    const [one] = await script.database.sql<{ id: number }>('select id from clearances');
    return `2026-${String(one?.id).padStart(6, '0')}`;
  };
  const status = async (): Promise<string> => {
    const opened = await script.scene.act(openPatron, { patron: ana });
    return opened.kind === 'opened' ? opened.pane.patron.status : opened.kind;
  };

  it('KIO-06 KIO-07 QUI-03 XII.3 the card and the date of birth find the record; wrong ones are answered alike', async () => {
    const { kiosk } = script;
    await script.begin();
    await ask('2999000099999', BORN);
    expect(await kiosk.flat()).toContain(`! ${clearance.notFound}`);
    const unknown = (await kiosk.screen()).slice(9);
    await kiosk.press('Delete');
    await kiosk.scan(CARD);
    await kiosk.press('Delete');
    await script.fill('10/02/2004');
    expect(await kiosk.flat()).toContain(`! ${clearance.notFound}`);
    expect((await kiosk.screen()).slice(13)).toEqual(unknown.slice(4));
    await kiosk.press('Down', 'Delete');
    await kiosk.type('30/02/2004');
    expect(await kiosk.flat()).toContain(`! ${words.kiosk.register.problem.NOT_A_DAY}`);
    for (const secret of ['Martin', EMAIL]) expect(kiosk.output()).not.toContain(secret);
  });

  it('KIO-06 QUI-01 XII.3 what stands against it is said: items with their library, a block', async () => {
    const { kiosk, scene } = script;
    scene.at('2026-05-18T10:00');
    await scene.lend(ana, 'B1');
    await scene.lend(ana, 'B2');
    scene.at('2026-06-05T10:00');
    await scene.act(blockPatron, { patron: ana, type: 'MANUAL', note: 'Insolente' });
    await script.begin();
    await ask(CARD, BORN);
    expect((await kiosk.screen())[2]).toContain(clearance.notYet);
    const text = await kiosk.flat();
    expect(text).toContain(clearance.obstacles.loans(2));
    expect(text).toContain('Optique · Library sci');
    expect(text).toContain('Algèbre · Library buc');
    expect(text).toContain(clearance.obstacles.late(1));
    expect(text).toContain(clearance.obstacles.blocked(messages.block.MANUAL));
    expect(text).toContain(clearance.settle);
    expect(kiosk.output()).not.toContain('Insolente');
    expect(await status()).toBe('active');
  });

  it('KIO-06 QUI-03 one that was given on paper has no document here, and nobody is told that they do not exist', async () => {
    const { kiosk, scene } = script;
    await scene.act(blockPatron, { patron: ana, type: 'QUITUS' });
    await enterAs(script, 'ana');
    await script.choose(account.clearance);
    const text = await kiosk.flat();
    expect(text).toContain(clearance.obstacles.issued('', null));
    expect(text).toContain(clearance.settle);
    await kiosk.press(clearance.readKey, clearance.againKey);
    expect(kiosk.state().answer).toBeNull();
    expect(await kiosk.text()).not.toContain(` ${clearance.read} `);
    // Twice the same block is one sentence.
    for (const until of ['2026-12-01', '2026-12-31'])
      await scene.act(blockPatron, { patron: ana, type: 'MANUAL', until });
    await kiosk.press('Escape');
    await script.choose(account.clearance);
    expect((await kiosk.flat()).split(clearance.obstacles.blocked(messages.block.MANUAL))).toHaveLength(2);
  });

  it('KIO-06 QUI-03 XII.3 given: the address is shown and cannot be changed, the document is read and sent again, the record is closed', async () => {
    const { kiosk, scene, database } = script;
    await script.begin();
    await ask(CARD, BORN);
    expect((await kiosk.screen())[2]).toContain(clearance.sure('Ana Martin'));
    expect(await kiosk.flat()).toContain(clearance.sentTo(EMAIL));
    expect(await kiosk.flat()).toContain(clearance.ends);
    // The first answer is no.
    await kiosk.press('Enter');
    expect((await kiosk.screen())[2]).toContain(home.title);
    expect(await status()).toBe('active');
    await ask(CARD, BORN);
    await script.choose(clearance.confirm);
    const number = await numberOf();
    expect((await kiosk.screen())[2]).toContain(clearance.issuedTitle);
    expect(await kiosk.flat()).toContain(clearance.issued(number, EMAIL));
    expect(await kiosk.flat()).toContain(clearance.closed);
    // Read here, in the language of the record, as its PDF says it.
    await kiosk.press(clearance.readKey);
    expect((await kiosk.screen())[2]).toContain(clearance.documentTitle);
    expect(await kiosk.flat()).toContain(number);
    expect(await kiosk.flat()).toContain('Martin');
    await kiosk.press('Escape', clearance.againKey);
    expect(await kiosk.flat()).toContain(clearance.waiting(EMAIL));
    await database.sql("update letters set state = 'sent'");
    scene.at('2026-06-01T10:30');
    await kiosk.press(clearance.againKey);
    expect(await kiosk.flat()).toContain(clearance.queued(EMAIL));
    expect(await status()).toBe('inactive');
    const notes = await scene.act(listPatronNotes, { patron: ana, window: { offset: 0, limit: 5 } });
    expect(JSON.stringify(notes)).toContain(EMAIL);
    // Who comes back later finds the same document, and no account any more.
    await kiosk.press('Escape', 'Escape');
    await script.begin();
    await ask(CARD, BORN);
    expect(await kiosk.flat()).toContain(`, ${script.says('envoyé à', 'sent to')} ${EMAIL}.`);
    await kiosk.press(clearance.readKey);
    expect(await kiosk.flat()).toContain(number);
    await kiosk.press('Escape', 'Escape');
    await script.choose(home.account);
    await script.choose(signIn.member);
    await kiosk.press('Enter');
    await script.fill('ana', 'Abricot-7');
    expect(await kiosk.flat()).toContain(signIn.inactive);
  });

  it('KIO-06 QUI-03 without an e-mail address the desk prints it', async () => {
    const { kiosk, database } = script;
    await database.sql('delete from patron_contacts');
    await script.begin();
    await ask(CARD, BORN);
    expect(await kiosk.flat()).toContain(clearance.noAddress);
    await script.choose(clearance.confirm);
    const number = await numberOf();
    expect(await kiosk.flat()).toContain(clearance.issued(number, null));
  });

  it('KIO-06 QUI-03 XII.3 whoever has signed in proves nothing; the session ends with the account', async () => {
    const { kiosk } = script;
    await enterAs(script, 'ana');
    await script.choose(account.clearance);
    expect((await kiosk.screen())[2]).toContain(clearance.sure('Ana Martin'));
    await script.choose(clearance.confirm);
    expect(await kiosk.flat()).toContain(clearance.closed);
    await kiosk.press(clearance.readKey);
    expect(await kiosk.flat()).toContain('Martin');
    await kiosk.press('Escape', 'Escape');
    expect((await kiosk.screen())[2]).toContain(words.kiosk.welcome.title);
    expect(kiosk.state().who).toBeNull();
    expect(await status()).toBe('inactive');
  });
});
