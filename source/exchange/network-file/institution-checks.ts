import { isDirectoryAddress, isHere } from './directory-values.ts';
import type { Finding } from './issues.ts';
import { finding } from './issues.ts';
import type { Spot } from './path.ts';
import { entriesOf, isMapping, textOf, under } from './path.ts';

const WAYS = ['bind', 'search'] as const;

/** Passwords travel in clear nowhere but within one machine (REL-07). */
function addressFindings(directory: Spot): Finding[] {
  const spot = under(directory, 'url');
  const startTls = under(directory, 'startTls');
  const found = textOf(spot);
  if (found === undefined || !isDirectoryAddress(found)) return [];
  if (found.startsWith('ldaps:'))
    return startTls.value === true
      ? [finding(startTls.path, { problem: 'not-one-of', found: 'true', allowed: ['false'] })]
      : [];
  return startTls.value === true || isHere(found) ? [] : [finding(spot.path, { problem: 'in-clear', found })];
}

function wayFindings(directory: Spot): Finding[] {
  const given = WAYS.filter((way) => under(directory, way).value !== undefined);
  return given.length === 1 ? [] : [finding(directory.path, { problem: 'one-of', allowed: [...WAYS] })];
}

/** Directories that would be asked in clear, or in no way or two (KIO-02). */
export function institutionFindings(root: Spot): Finding[] {
  return entriesOf(under(root, 'institutions')).flatMap((institution) => {
    const directory = under(institution, 'directory');
    return isMapping(directory.value) ? [...addressFindings(directory), ...wayFindings(directory)] : [];
  });
}
