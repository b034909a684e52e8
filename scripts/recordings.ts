// `npm run recordings`: makes docs/recordings anew from the real program, which has to be built: recordings (asciicast v2) and pictures (SVG).
//   --only lend,outage   just these
//   --show               writes every screen as text too
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { LANGUAGES } from '../source/language/index.ts';
import { framesOf } from './recording/cast.ts';
import { play } from './recording/play.ts';
import { RECORDINGS } from './recording/recordings.ts';
import { textOf } from './recording/screen.ts';

const folder = path.resolve(import.meta.dirname, '../docs/recordings');
const { values } = parseArgs({ options: { only: { type: 'string' }, show: { type: 'boolean', default: false } } });
const only = values.only?.split(',') ?? RECORDINGS.map((one) => one.name);
const unknown = only.find((name) => RECORDINGS.every((one) => one.name !== name));
if (unknown !== undefined)
  throw new Error(`--only: ${unknown} is none of ${RECORDINGS.map((one) => one.name).join(', ')}`);

/** Writes a file, and says whether it is another one now. */
async function put(name: string, text: string): Promise<void> {
  const file = path.join(folder, name);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before !== text) await writeFile(file, text);
  console.log(
    `${name}: ${before === text ? 'as it was' : 'made anew'}, ${(Buffer.byteLength(text) / 1000).toFixed(1)} kB`,
  );
}

await mkdir(folder, { recursive: true });
for (const recording of RECORDINGS.filter((one) => only.includes(one.name))) {
  for (const language of LANGUAGES) {
    const { cast, picture } = await play(recording, language);
    await put(`${recording.name}.${language}.cast`, cast);
    await put(`${recording.name}.${language}.svg`, picture);
    if (values.show) for (const { at, screen } of await framesOf(cast)) console.log(`--- ${at}\n${textOf(screen)}`);
  }
}
process.exit(0);
