import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { castOf, framesOf } from '../../scripts/recording/cast.ts';
import { pictureOf } from '../../scripts/recording/picture.ts';
import { play } from '../../scripts/recording/play.ts';
import { RECORDINGS } from '../../scripts/recording/recordings.ts';
import { screenOf, textOf } from '../../scripts/recording/screen.ts';
import { LANGUAGES } from '../../source/language/index.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/recordings');
const read = async (name: string): Promise<string> => readFile(path.join(FOLDER, name), 'utf8');
const both = RECORDINGS.flatMap((recording) => LANGUAGES.map((language) => ({ recording, language })));

describe('the recordings in docs/recordings (npm run recordings makes them anew)', () => {
  it.for(both.map((one) => ({ ...one, name: `${one.recording.name}.${one.language}` })))(
    '$name is what the program shows today',
    async ({ recording, language, name }) => {
      const [cast, picture] = [await read(`${name}.cast`), await read(`${name}.svg`)];
      const known = await framesOf(cast);
      const today = await play(
        recording,
        language,
        known.map((one) => one.screen),
      );
      // Screens first: what differs is read more easily there than in a file for machines.
      const screens = (await framesOf(today.cast)).map((one) => textOf(one.screen));
      expect(screens).toEqual(known.map((one) => textOf(one.screen)));
      expect(today.cast).toBe(cast);
      expect(today.picture).toBe(picture);
    },
  );

  it('each is light, and within 80 columns and 24 rows', async () => {
    for (const { recording, language } of both) {
      const name = `${recording.name}.${language}`;
      for (const file of [`${name}.cast`, `${name}.svg`]) expect((await read(file)).length).toBeLessThan(60_000);
      for (const { screen } of await framesOf(await read(`${name}.cast`))) {
        expect(screen).toHaveLength(24);
        for (const line of textOf(screen).split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
      }
    }
  });
});

describe('how a screen becomes a recording and a picture', () => {
  const look = {
    colour: null,
    paper: null,
    bold: false,
    dim: false,
    italic: false,
    underlined: false,
    inverse: false,
  };
  const hostile = '<b>&"</b>]]> é…';
  const wide = '図書 x';
  const screen = [
    [
      { text: '  ', column: 0, columns: 2, look },
      { text: hostile, column: 2, columns: hostile.length, look: { ...look, bold: true, colour: 1 } },
    ],
    [],
    [
      { text: wide, column: 0, columns: 6, look: { ...look, inverse: true } },
      { text: '  ', column: 6, columns: 2, look },
      { text: 'a   b', column: 8, columns: 5, look: { ...look, colour: '#102030', paper: 12 } },
    ],
  ];

  it('a recording shows the same screens again, colours and wide characters included', async () => {
    const other = [[], ...screen.slice(1)];
    const frames = [
      { at: 0, screen },
      { at: 1.5, screen: other },
      { at: 3, screen },
    ];
    const cast = castOf(frames, 40, 3, 'x');
    expect(await framesOf(cast)).toEqual(frames);
    expect(JSON.parse(cast.split('\n')[0] ?? '')).toMatchObject({ version: 2, width: 40, height: 3 });
  });

  it('a picture escapes what it shows, and pins every text to its columns', () => {
    const picture = pictureOf(screen, 40, 'A & B');
    expect(picture).not.toContain('<b>');
    expect(picture).toContain('&lt;b&gt;&amp;&quot;&lt;/b&gt;]]&gt; é…');
    expect(picture).toContain('<title>A &amp; B</title>');
    const cell = 8.4;
    const lengths = Array.from(
      picture.matchAll(/<text x="([\d.]+)"[^>]* textLength="([\d.]+)"[^>]*>([^<]*)</gu),
      (one) => ({
        x: Number(one[1]),
        wide: Number(one[2]),
        text: one[3],
      }),
    );
    expect(lengths.map((one) => one.text)).toEqual(['&lt;b&gt;&amp;&quot;&lt;/b&gt;]]&gt; é…', wide, 'a', 'b']);
    const [, two, three, four] = lengths;
    expect(two?.wide).toBeCloseTo(6 * cell, 1);
    expect(three?.x).toBeCloseTo(12 + 8 * cell, 1);
    expect(four?.x).toBeCloseTo(12 + 12 * cell, 1);
  });

  it('a screen is read from an emulator with its looks, without blanks that nobody sees', async () => {
    const { default: headless } = await import('@xterm/headless');
    const terminal = new headless.Terminal({ cols: 20, rows: 2, allowProposedApi: true });
    await new Promise<void>((resolve) => {
      terminal.write('\u001B[1;31mrouge\u001B[0m puis   \r\n\u001B[7m  \u001B[0m', resolve);
    });
    expect(screenOf(terminal)).toEqual([
      [
        { text: 'rouge', column: 0, columns: 5, look: { ...look, bold: true, colour: 1 } },
        { text: ' puis', column: 5, columns: 5, look },
      ],
      [{ text: '  ', column: 0, columns: 2, look: { ...look, inverse: true } }],
    ]);
    expect(textOf(screenOf(terminal))).toBe('rouge puis\n');
  });
});
