import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runInPty } from '../support/pty.ts';
import type { PtyDesk } from '../support/pty.ts';

const ANA = '9921000000164';
const ITEM = '37000034179';

describe('the program without a database, in a real terminal', () => {
  let folder: string;
  let env: Record<string, string>;
  let desk: PtyDesk;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'guichet-pty-'));
    env = {
      XDG_CONFIG_HOME: path.join(folder, 'config'),
      XDG_DATA_HOME: path.join(folder, 'data'),
      XDG_STATE_HOME: path.join(folder, 'state'),
    };
  });
  afterEach(async () => {
    desk.kill('SIGKILL');
    await desk.ended;
    await rm(folder, { recursive: true, force: true });
  });
  const journal = async (): Promise<string> => readFile(path.join(folder, 'data/guichet/offline/OffCirc.dat'), 'utf8');

  it('OFF-01 REL-01 guichet offline: what the screen has said is on the disk when the program is killed; the next start goes on', async () => {
    desk = runInPty(['offline'], { env });
    await desk.see("RIEN N'EST VÉRIFIÉ");
    desk.write(`${ANA}\r${ITEM}\r`);
    await desk.see(`ENREGISTRÉ HORS LIGNE · PRÊT ${ITEM} → ${ANA}`);
    desk.kill('SIGKILL');
    await desk.ended;
    expect(await journal()).toMatch(/^\d{12}L37000034179 {69}9921000000164\r\n$/);

    desk = runInPty(['offline'], { env });
    await desk.see('1 transaction dans');
    desk.write('\u001BOR');
    await desk.see('RETOUR SECOURU');
    desk.write(`${ITEM}\r`);
    await desk.see(`RETOUR ${ITEM}`);
    expect((await journal()).split('\r\n')).toHaveLength(3);
    desk.write('\u0011');
    expect((await desk.ended).exitCode).toBe(0);
  });

  it('OFF-01 it starts with a broken configuration, and writes where it is told to', async () => {
    await mkdir(path.join(folder, 'config/guichet'), { recursive: true });
    await writeFile(path.join(folder, 'config/guichet/config.json'), '{ broken');
    const file = path.join(folder, 'day.dat');
    desk = runInPty(['offline', '--file', file, '--lang', 'en'], { env });
    await desk.see('OFFLINE · NOTHING IS CHECKED');
    desk.write(`${ANA}\r${ITEM}\r`);
    await desk.see('RECORDED OFFLINE · LOAN');
    expect(await readFile(file, 'utf8')).toMatch(/L37000034179 {69}9921000000164\r\n$/);
    // The readable copy is written behind the desk's back: it is whole when the program has ended.
    desk.write('\u0011');
    await desk.ended;
    expect(await readFile(file.replace('.dat', '.csv'), 'utf8')).toContain(ITEM);
  });

  it('OFF-01 REL-03 where preferences cannot be kept the desk works all the same, and its end is no failure', async () => {
    // A file where the folder would be: not even the system's own account can write there.
    await writeFile(path.join(folder, 'config'), '');
    desk = runInPty(['offline', '--lang', 'en'], { env });
    await desk.see('OFFLINE · NOTHING IS CHECKED');
    desk.write(`${ANA}\r${ITEM}\r`);
    await desk.see('RECORDED OFFLINE · LOAN');
    desk.write('\u0011');
    await desk.see('preferences are not kept');
    expect((await desk.ended).exitCode).toBe(0);
    expect(await journal()).toContain(ITEM);
  });

  it('REL-03 OFF-03 the database is away at the start: what happened, what can be done, and loans go on', async () => {
    desk = runInPty(['--db', 'postgres://nobody@127.0.0.1:9/none'], { env });
    const asked = await desk.see("La base ne s'ouvre pas : la base ne répond pas.");
    expect(asked).toMatch(/H Hors ligne +R Réessayer +P Procédure +Q Quitter/);
    // A scan answers nothing; it waits.
    desk.write('h');
    await desk.see('PRÊT SECOURU');
    desk.write(`${ANA}\r${ITEM}\r`);
    await desk.see(`ENREGISTRÉ HORS LIGNE · PRÊT ${ITEM}`);
    expect(await journal()).toContain(ITEM);
  });

  it('REL-03 an embedded database that is no database: the same question, and quitting ends with a failure', async () => {
    const file = path.join(folder, 'x.db');
    await writeFile(file, 'this is no database, however long it goes on about being one. '.repeat(100));
    desk = runInPty(['--db', `sqlite:${file}`], { env });
    await desk.see('la base est abîmée');
    desk.write('q');
    expect((await desk.ended).exitCode).toBe(1);
  });
});
