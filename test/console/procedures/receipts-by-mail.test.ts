import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskFolder } from '../../support/desk-folder.ts';
import { network } from '../../support/network.ts';
import { deskRuns, deskScript } from '../../support/desk-script.ts';

const ANA = '9921000000164';
const ADDRESS = 'ana@example.org';

describe.each(deskRuns)('manual Questions pratiques 1.4 and 2, receipts by mail, on $name in $language', (run) => {
  const script = deskScript(run, {
    setUp: async ({ scene }) => {
      await scene.patron({ id: ANA, lastName: 'Martin', firstName: 'Ana', email: ADDRESS });
      await scene.items({ barcode: 'B1', title: 'Optique' }, { barcode: 'B2', title: 'Logique' });
    },
  });
  const { words } = script;
  const { mailing, printing } = words.console;
  const kinds = words.letters.kinds;
  const folder = deskFolder(script, network({}), run);

  it('TAB-07 TAB-09 LET-04 receipts and reports are queued for the preferred address; the record lists them, and they are read there', async () => {
    const { desk } = script;
    await desk.scan(ANA, 'B1', 'B2');
    await desk.press('Ctrl+R');
    expect(await desk.answer()).toBe(mailing.queued(ADDRESS));
    await desk.press('Ctrl+A');
    expect(await desk.answer()).toBe(mailing.queued(ADDRESS));
    await desk.press('Ctrl+T');
    expect(await desk.answer()).toBe(printing.nothing);
    await desk.press('Alt+4', 'Shift+Tab', 'Shift+Tab');
    const rows = (await script.rows()).join('\n');
    expect(rows).toContain(kinds['activity-report']);
    expect(rows).toContain(kinds['loan-receipt']);
    await desk.press('Enter');
    expect(await desk.text()).toContain('Optique');
    expect(await desk.text()).toContain('Logique');
  });

  it('LET-04 USR-07 a letter is saved as a file, as its reader will see it', async () => {
    await folder.sit();
    await script.desk.scan(ANA, 'B1');
    await script.desk.press('Ctrl+R', 'Alt+4', 'Shift+Tab', 'Shift+Tab', 'Alt+0');
    const name = (await readdir(folder.path())).find((one) => one.endsWith('.html')) ?? '';
    expect(name).toMatch(/^loan-receipt-\d+\.html$/);
    expect(await readFile(path.join(folder.path(), name), 'utf8')).toContain('Optique');
    expect(await script.desk.answer()).toContain(words.console.records.letterSaved('').trim());
  });
});
