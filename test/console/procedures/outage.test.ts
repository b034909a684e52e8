import { mkdtempSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { OutageSettings } from '../../../source/circulation/outage.ts';
import { KEYMAP, keysOf } from '../../../source/console/keymap.ts';
import { openHouse } from '../../../source/desk/house.ts';
import type { House } from '../../../source/desk/house.ts';
import { SHIPPED_PROCEDURE } from '../../../source/language/outage-procedure.ts';
import { sitAt } from '../../support/console-driver.ts';
import type { DeskDriver } from '../../support/console-driver.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';
import { seatAt } from '../../support/house.ts';
import { network, week } from '../../support/network.ts';

const ANA = '9921000000164';
const folder = mkdtempSync(path.join(tmpdir(), 'guichet-outage-'));
/** A file that a disk has damaged. */
const damaged = path.join(folder, 'guichet.db');
writeFileSync(damaged, 'no database any more '.repeat(400));
afterAll(async () => rm(folder, { recursive: true, force: true }));

const ALL_WELL = { indicator: 'none', description: 'All Systems Operational' };

describe.each(deskRuns)('OUT the outage assistant on $name in $language', (run) => {
  let status: unknown = ALL_WELL;
  let server: Server;
  /** A house that is away, as real ones are: its file is damaged, nobody listens there. */
  let nowhere: House;
  let isAway = false;
  let settings: OutageSettings;

  const script = deskScript(run, {
    setUp: async (self) => {
      status = ALL_WELL;
      isAway = false;
      server = createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ status }));
      });
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      settings = {
        contacts: [
          {
            code: 'B1',
            name: { fr: 'Coordination', en: 'Coordinators' },
            hours: week('08:30-12:30, 13:30-17:30'),
            phones: [
              { number: '05 36 49 00 11' },
              { number: '05 36 49 00 12', name: { fr: 'catalogue', en: 'cataloguing' }, hours: week('14:00-16:00') },
            ],
            remark: { fr: 'Dites quel poste.', en: 'Say which station.' },
          },
          {
            code: 'B2',
            name: { fr: 'Assistance', en: 'Service desk' },
            hours: week('08:00-19:00'),
            phones: [{ number: '05 36 49 00 00' }],
            ticket: 'https://tickets.example.org/new',
          },
        ],
        statusPages: [{ name: 'Services', url: `${url}/status.json` }],
        outsideSite: url,
      };
      await self.scene.load(network({ outage: settings }));
      await self.scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana' });
      await self.scene.items({ barcode: 'B1' }, { barcode: 'B2' });
      nowhere = openHouse(run.name === 'SQLite' ? `sqlite:${damaged}` : 'postgres://nobody@127.0.0.1:1/none');
      const away = nowhere.at(self.scene.now);
      const { perform } = self.scene;
      self.scene = {
        ...self.scene,
        perform: async (...asked) => (isAway ? away(...asked) : perform(...asked)),
      };
    },
  });
  afterEach(async () => {
    await nowhere.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const { words, language } = script;
  const { outage } = words.console;
  const ask = (code: string): string =>
    SHIPPED_PROCEDURE.questions.find((one) => one.code === code)?.ask[language] ?? code;
  const { yes, no } = outage.answer;
  /** That another desk works, two minutes ago. */
  const othersWork = async (): Promise<void> => {
    script.scene.at('2026-06-01T09:58');
    await script.scene.lend(ANA, 'B2', {}, seatAt(script.scene.bib, 'buc/PRET'));
    script.scene.at('2026-06-01T10:00');
  };
  /** Sits down before the sign-in form. */
  const signedOut = async (dataFolder: string): Promise<DeskDriver> => {
    await script.desk.leave();
    script.desk = await sitAt(script.scene, { language, dataFolder });
    return script.desk;
  };
  /** The letters of the open prompt, as the screen names them. */
  const letters = (): string[] =>
    (script.desk.state().prompt?.choices ?? []).map((one) => keysOf(KEYMAP, one, language)[0] ?? '');

  it('OUT-01 OUT-02 OUT-03 what it finds out it answers, what it cannot know it asks; it ends with a number and its hours', async () => {
    const { desk } = script;
    await desk.press('F3', 'Alt+?');
    expect(await desk.answer()).toBe(outage.asking('A2'));
    const asked = await script.flat();
    expect(asked).toContain(ask('A2'));
    expect(asked).toContain(`${outage.here} ${outage.found.desksQuiet(15)}`);
    expect(asked).toContain(outage.soFar(outage.step('A1', no, true)));
    expect(letters()).toEqual(script.says('O N R F', 'Y N B L').split(' '));
    await script.answers('answer-yes');
    expect(await desk.answer()).toBe(outage.ended);
    const screen = await desk.screen();
    const flat = await script.flat();
    expect(screen.join('\n')).toContain(outage.end.call(script.says('Coordination', 'Coordinators')));
    expect(flat).toContain(`05 36 49 00 11 · ${outage.today('08:30-12:30, 13:30-17:30')} `);
    expect(flat).toContain(
      `05 36 49 00 12 · ${script.says('catalogue', 'cataloguing')} · ${outage.today('14:00-16:00')} · ${outage.notNow}`,
    );
    expect(flat).toContain(script.says('Dites quel poste.', 'Say which station.'));
    expect(flat).toContain(outage.soFar(`${outage.step('A1', no, true)}, ${outage.step('A2', yes, false)}`));
    await script.answers('answer-leave');
    expect(desk.state()).toMatchObject({ prompt: null, screen: 'returns', answer: null });
  });

  it('OUT-02 TUI-02 neither Enter nor a scan answers; the scan waits and is read afterwards, Escape leaves', async () => {
    const { desk } = script;
    await desk.press('F3', 'Alt+?', 'Enter');
    expect(await desk.answer()).toBe(outage.asking('A2'));
    await desk.scan('B1');
    expect(await desk.answer()).toBe(outage.asking('A2'));
    expect(await desk.text()).toContain(words.console.prompt.waiting(1));
    await desk.press('Escape');
    expect(await desk.answer()).toMatch(/ · Title B1$/);
    expect(desk.state().prompt).toBeNull();
  });

  it('OUT-02 another desk that works answers too; the operator goes back and overrules what the machine says', async () => {
    await othersWork();
    const { desk } = script;
    await desk.press('Alt+?');
    expect(await desk.text()).toContain(outage.end.call(script.says('Coordination', 'Coordinators')));
    await script.answers('answer-previous');
    const asked = await script.flat();
    expect(asked).toContain(outage.found.desks(outage.found.desk('buc/PRET', '09:58')));
    expect(asked).toContain(outage.known(yes));
    await script.answers('answer-no');
    expect(await script.flat()).toContain(ask('A2V'));
    // The outside site answers, and so does the database: the rest is known.
    await script.answers('answer-no');
    const steps = [
      outage.step('A1', no, true),
      outage.step('A2', no, false),
      outage.step('A2V', no, false),
      outage.step('A3', yes, true),
      outage.step('A4', yes, true),
    ];
    expect(await script.flat()).toContain(outage.soFar(steps.join(', ')));
    await script.answers('answer-previous');
    const a4 = await script.flat();
    expect(a4).toContain(ask('A4'));
    expect(a4).toContain(outage.found.database);
    for (const one of ['A3', 'A2V', 'A2', 'A1']) {
      await script.answers('answer-previous');
      expect(await desk.answer()).toBe(outage.asking(one));
    }
    // Before the first question there is none to go back to.
    expect(letters()).not.toContain(script.says('R', 'B'));
  });

  it('OUT-02 OUT-03 a page that announces the outage: wait, and work offline meanwhile, one key away', async () => {
    status = { indicator: 'critical', description: 'Database down' };
    const desk = await script.sit({ offline: { folders: [path.join(folder, 'offline')], alone: false } });
    await desk.press('Alt+?');
    expect(await desk.text()).toContain(outage.end.wait);
    expect(await script.flat()).toContain(outage.meanwhile(script.says('H', 'O')));
    await script.answers('answer-previous');
    expect(await script.flat()).toContain(outage.found.says('Services', outage.indicator.critical, 'Database down'));
    await script.answers('answer-offline');
    expect(desk.state().prompt).toBeNull();
    expect(desk.state().offline).not.toBeNull();
    // There already: no letter for it, and it says so.
    script.scene.at('2026-06-06T10:00');
    status = ALL_WELL;
    await desk.press('Alt+?');
    await script.answers('answer-yes');
    expect(letters()).toEqual(script.says('R F', 'B L').split(' '));
    expect(await desk.text()).toContain(outage.end.offlineAlready);
    await script.answers('answer-leave');
  });

  it('OUT-03 at the weekend: who does not answer and when again, and what the procedure has for that', async () => {
    script.scene.at('2026-06-06T10:00');
    const { desk } = script;
    await desk.press('Alt+?');
    await script.answers('answer-yes');
    const flat = await script.flat();
    expect(flat).toContain(outage.end.offline);
    const again = script.says('lun. 8 juin 08:30', 'Mon 8 June 08:30');
    expect(flat).toContain(outage.closed(script.says('Coordination', 'Coordinators'), again));
    await script.answers('answer-previous', 'answer-no', 'answer-yes');
    const ticket = await script.flat();
    expect(ticket).toContain(outage.end.ticket(script.says('Assistance', 'Service desk')));
    expect(ticket).toContain(outage.ticketAt('https://tickets.example.org/new'));
    expect(ticket).toContain(
      script.says('Les postes virtuels sont en cause.', 'The virtual stations are the problem.'),
    );
  });

  it('OUT-02 REL-03 the database is away: it opens all the same, says why, and asks what it cannot know', async () => {
    const { desk } = script;
    isAway = true;
    await desk.press('Alt+?');
    expect(await script.flat()).toContain(outage.found.desksUnknown);
    expect((await desk.screen())[0]).toContain(words.console.away);
    await script.answers('answer-no', 'answer-no');
    const asked = await script.flat();
    expect(asked).toContain(ask('A4'));
    const { awayBecause } = words.console.refusal;
    expect(asked).toContain(awayBecause[run.name === 'SQLite' ? 'not-a-database' : 'unreachable']);
    expect(asked).not.toContain(outage.known(no));
    await script.answers('answer-no');
    expect(await script.flat()).toContain(`05 36 49 00 00 · ${outage.today('08:00-19:00')}`);
    expect(await script.flat()).toContain(outage.orTicket('https://tickets.example.org/new'));
    await script.answers('answer-leave');
  });

  it('OUT-01 REL-03 what was read of the network is kept for a start without database, before anybody has signed in', async () => {
    const dataFolder = path.join(folder, `${run.name} ${run.language}`);
    await script.sit({ dataFolder });
    expect(await readdir(dataFolder)).toEqual(['outage.json']);
    expect(await readFile(path.join(dataFolder, 'outage.json'), 'utf8')).toContain('05 36 49 00 11');
    isAway = true;
    const desk = await signedOut(dataFolder);
    expect(desk.state()).toMatchObject({ screen: 'sign-in', network: null });
    await desk.press('Alt+?');
    expect(desk.state().prompt?.answer).toBe(outage.asking('A2'));
    await script.answers('answer-yes');
    expect(await desk.text()).toContain('05 36 49 00 11');
    await script.answers('answer-leave');
    // Nothing was ever kept: the procedure that ships, with nobody's number.
    const other = await signedOut(path.join(folder, 'empty'));
    await other.press('Alt+?');
    await script.answers('answer-no', 'answer-yes');
    expect(await other.text()).toContain(outage.noNumber);
    await script.answers('answer-leave');
  });

  it('OUT-01 the network of a training copy is not kept', async () => {
    const dataFolder = path.join(folder, `training ${run.name} ${run.language}`);
    await script.sit({ dataFolder, training: { accounts: [] } });
    await expect(readdir(dataFolder)).rejects.toThrow('ENOENT');
  });

  it('OUT-02 REL-06 what pages and networks say is data: nothing of it reaches the terminal as it is', async () => {
    status = { indicator: 'major', description: `\u001B[2J\u202E${'très '.repeat(200)}` };
    const [b1, b2] = settings.contacts;
    if (!b1 || !b2) throw new Error('no contacts');
    const evil = '\u001B]0;x\u0007';
    await script.scene.load(
      network({ outage: { ...settings, contacts: [{ ...b1, name: { fr: `${evil}Un`, en: `${evil}Un` } }, b2] } }),
    );
    const desk = await script.sit();
    await desk.press('Alt+?');
    await script.answers('answer-previous');
    expect(await desk.text()).toContain('␛[2J�très');
    await script.answers('answer-no', 'answer-yes');
    expect(await desk.text()).toContain(outage.end.call('␛]0;x␇Un'));
    expect(desk.output()).not.toContain('\u001B[2J\u202E');
    expect(desk.output()).not.toContain(evil);
    await script.answers('answer-leave');
  });

  it('OUT-01 TUI-01 80×24 every question of the shipped procedure, and how it ends, is whole on the screen', async () => {
    const { desk } = script;
    isAway = true;
    await desk.press('Alt+?');
    const { name } = words.console.command['answer-leave'];
    const isWhole = async (): Promise<void> => {
      const text = await desk.text();
      for (const line of desk.state().prompt?.lines ?? []) expect(text).toContain(line);
      expect(text).not.toContain('…');
      expect(text).toContain(`${script.says('F', 'L')} ${name}`);
    };
    const goes = async (answer: 'answer-yes' | 'answer-no' | 'answer-previous', to: string): Promise<void> => {
      await script.answers(answer);
      expect(await desk.answer()).toBe(to === 'end' ? outage.ended : outage.asking(to));
      await isWhole();
    };
    await isWhole();
    await goes('answer-yes', 'end');
    await goes('answer-previous', 'A2');
    await goes('answer-no', 'A2V');
    await goes('answer-yes', 'end');
    await goes('answer-previous', 'A2V');
    // A3 is answered by this station.
    await goes('answer-no', 'A4');
    await goes('answer-yes', 'end');
    await goes('answer-previous', 'A4');
    await goes('answer-no', 'end');
    for (const before of ['A4', 'A3', 'A2V', 'A2', 'A1']) await goes('answer-previous', before);
    await goes('answer-yes', 'end');
  });
});
