import { it } from 'vitest';
import { deskScript } from '/work/main/test/support/desk-script.ts';
import { databases } from '/work/main/test/support/databases.ts';
const s = deskScript({ create: databases[0]!.create, language: 'fr' }, { setUp: async ({ scene }) => { await scene.patron({ id: '9921000000164', lastName: 'Martin', firstName: 'Ana' }); await scene.items({ barcode: 'B1000', title: 'Optique' }, { barcode: 'B2000', title: 'Logique' }); } });
it('x', async () => {
  const { sitAt } = await import('/work/main/test/support/console-driver.ts');
  const desk = await sitAt(s.scene, { seat: s.scene.bib, language: 'fr', screenReader: true });
  const said = () => JSON.stringify(desk.output());
  await desk.scan('9921000000164'); await desk.scan('B1000','B2000');
  await desk.press('Down'); await desk.press('Alt+T'); await desk.type('log'); await desk.press('Backspace'); await desk.press('Escape');
  await desk.press('Alt+N','Ctrl+N'); await desk.type('bonjour'); await desk.press('Enter'); await desk.press('Escape','Escape');
  await desk.press('Alt+X'); await desk.press('a');
  console.log(desk.output().replaceAll('\u001b','␛'));
  await desk.leave();
});
