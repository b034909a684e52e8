import { printable } from '../../../language/printable.ts';
import type { FormValues } from '../../form.ts';
import type { Runtime } from '../../runtime.ts';
import { closeBrowse, openBrowse } from '../browse.ts';
import { fillAndRegister } from './register.ts';
import { REGISTERING } from './register-form.ts';

type ProfileLine = { readonly code: string | null; readonly name: string; readonly about: string };

/** The profiles of the network, as one chooses among them: the number that each expects, and its groups. */
function profileLines(runtime: Runtime): ProfileLine[] {
  const { network, language } = runtime.store.get();
  const words = runtime.words().records;
  const profiles = (network?.registrationProfiles ?? []).map((one): ProfileLine => {
    const { identifier, groups, kind } = one;
    const starts = identifier.prefixes.map((prefix) => `${prefix}…`).join(', ');
    const number = `${words.numberStarts[identifier.type]} ${starts}`.trim();
    const about = [number, groups.join(', '), kind === 'external' ? words.toOverwrite : ''];
    return { code: one.code, name: printable(one.name[language]), about: about.filter(Boolean).join(' · ') };
  });
  return profiles.length > 0 ? profiles : [{ code: null, name: words.noProfile, about: '' }];
}

/** The profile that a number belongs to: by how it begins, else the one whose numbers may begin with anything (USR-06). */
function profileFor(runtime: Runtime, identifier: string): number {
  const profiles = runtime.store.get().network?.registrationProfiles ?? [];
  const begins = profiles.findIndex((one) => one.identifier.prefixes.some((prefix) => identifier.startsWith(prefix)));
  const any = profiles.findIndex((one) => one.identifier.prefixes.length === 0);
  return identifier === '' ? 0 : Math.max(0, begins >= 0 ? begins : any);
}

/** What was half typed when nobody was there any more (TAB-08): go on with it? Answers true where that is settled. */
async function resume(runtime: Runtime, identifier: string): Promise<boolean> {
  const kept = runtime.keptForm(REGISTERING);
  if (!kept) return false;
  const { lastName, firstName, identifier: typed } = kept.values;
  const name = [lastName, firstName].filter(Boolean).join(' ');
  const answer = await runtime.ask({
    title: runtime.words().records.resume(kept.title, printable(name)),
    lines: [],
    why: [],
    choices: ['answer-yes', 'answer-new', 'answer-cancel'],
  });
  if (answer === 'answer-cancel') return true;
  runtime.dropKept(kept.key);
  if (answer === 'answer-new') return false;
  const known = typed === '' && identifier !== '' ? { ...kept.values, identifier } : kept.values;
  await fillAndRegister(runtime, kept.key.slice(REGISTERING.length) || null, known);
  return true;
}

/** Registers somebody new (USR-03 to USR-06): first as what, then their form. `identifier`: a card that was just read. */
export async function register(runtime: Runtime, identifier = ''): Promise<void> {
  if (await resume(runtime, identifier)) return;
  const words = () => runtime.words().records;
  const known: FormValues = identifier === '' ? {} : { identifier };
  const lines = profileLines(runtime);
  const [only] = lines;
  if (only && lines.length === 1) return fillAndRegister(runtime, only.code, known);
  await openBrowse<ProfileLine>(runtime, {
    table: 'profiles',
    title: () => words().chooseProfile(printable(identifier)),
    hint: () => words().chooseProfileHint,
    columns: () => [
      { name: 'name', head: words().columns.profile, width: 38, cell: (row) => row.name },
      { name: 'about', head: words().columns.expected, width: 0, cell: (row) => row.about },
    ],
    keyOf: (row) => row.code ?? '',
    empty: () => '',
    read: async ({ offset, limit }) => ({ total: lines.length, lines: lines.slice(offset, offset + limit) }),
    begin: profileFor(runtime, identifier),
    open: async (row) => {
      await closeBrowse(runtime);
      await fillAndRegister(runtime, row.code, known);
    },
  });
}
