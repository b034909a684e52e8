import { describe, expect, test } from 'vitest';
import { networkJsonSchema } from '../../source/exchange/network-file/index.ts';
import { changed, errorsOf, networkOf } from './small-network.ts';

const printer = (written: string): string => changed('{email: pret@example.org}', written);
const at = (rest: string): string => `libraries[0].desks[0].printer${rest}`;

describe('CONF-01, TUI-08: the printer of a desk', () => {
  test('is read as it is written, whatever it has', () => {
    const all = {
      terminal: true,
      queue: 'pret-sci',
      file: '/var/spool/r.txt',
      email: 'a@b.org',
      use: 'file',
      columns: 42,
    };
    expect(networkOf(printer(JSON.stringify(all))).libraries[0]?.desks[0]?.printer).toEqual(all);
    expect(networkOf(printer('{terminal: true}')).libraries[0]?.desks[0]?.printer).toEqual({ terminal: true });
  });

  test.each([
    ['{queue: "pret sci"}', { problem: 'bad-format', path: at('.queue'), allowed: 'queue' }],
    ['{queue: -h}', { problem: 'bad-format', path: at('.queue'), found: '-h' }],
    ['{queue: ""}', { problem: 'bad-format', path: at('.queue') }],
    ['{columns: 60}', { problem: 'not-one-of', path: at('.columns'), found: '60', allowed: ['42', '80'] }],
    ['{columns: "80"}', { path: at('.columns') }],
    ['{file: ""}', { problem: 'empty', path: at('.file') }],
    ['{email: nobody}', { problem: 'bad-format', path: at('.email') }],
    ['{terminal: yes}', { problem: 'wrong-type', path: at('.terminal') }],
    ['{use: fax, email: a@b.org}', { problem: 'not-one-of', path: at('.use'), found: 'fax' }],
    ['{use: queue, email: a@b.org}', { problem: 'not-one-of', path: at('.use'), found: 'queue', allowed: ['email'] }],
    ['{use: terminal, terminal: false, file: x}', { problem: 'not-one-of', path: at('.use'), allowed: ['file'] }],
    ['{que: x}', { problem: 'unknown-key', path: at('.que'), found: 'que' }],
  ])('%s is refused, with what may stand there', (written, error) => {
    expect(errorsOf(printer(written))).toMatchObject([error]);
  });

  test('editors are told what it may be', () => {
    const schema = JSON.stringify(networkJsonSchema());
    expect(schema).toContain('"terminal","queue","file","email"');
    expect(schema).toMatch(/"enum":\[42,80\]/);
  });
});
