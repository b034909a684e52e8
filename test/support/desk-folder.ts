import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, vi } from 'vitest';
import { exportsFor } from '../../source/commands/console-exports.ts';
import type { Network } from '../../source/circulation/network.ts';
import type { DeskRun, DeskScript } from './desk-script.ts';
import { withLibrary } from './network.ts';

/** A folder of a script's own, which is removed after each test: what is printed and saved there. */
export type DeskFolder = {
  readonly path: () => string;
  /** Sits down at `sci/PRET`, whose printer is a file in the folder, and where documents are saved into it. */
  sit(): Promise<void>;
  /** What came out of the printer. */
  paper(): Promise<string>;
};

/** A desk with a printer and a place for documents. */
export function deskFolder(script: DeskScript, network: Network, { language }: Pick<DeskRun, 'language'>): DeskFolder {
  let folder = '';
  afterEach(async () => {
    if (folder !== '') await rm(folder, { recursive: true, force: true });
    folder = '';
  });
  const paperFile = (): string => path.join(folder, 'paper.txt');
  return {
    path: () => folder,
    paper: async () => readFile(paperFile(), 'utf8'),
    async sit() {
      folder = await mkdtemp(path.join(tmpdir(), 'guichet-desk-'));
      const { scene, database, words } = script;
      const desks = [{ code: 'PRET', name: 'Banque de prêt', printer: { file: paperFile() } }];
      await scene.load(withLibrary('sci', { desks }, network));
      // Documents go where the console was started.
      const here = vi.spyOn(process, 'cwd').mockReturnValue(folder);
      const exports = exportsFor(
        { words, language },
        {
          house: database.house,
          perform: scene.perform,
          clock: scene.now,
          network: null,
          version: 1,
          timeZone: 'Europe/Paris',
          training: false,
        },
      );
      here.mockRestore();
      await script.sit({ seat: scene.bib, exports });
    },
  };
}
