import type { FormValues } from '../../form.ts';
import { answer, atMost, clearAway, command, commandHere, count, dayTyped, offers, text, texts } from './hands.ts';
import type { Next, Sight } from './hands.ts';
import { fillForm } from './forms.ts';
import { atRecord, atRow, isOpen, topList } from './places.ts';
import type { Way } from './places.ts';
import { press } from '../../guide/strokes.ts';

type Given = { readonly value?: string; readonly type?: string; readonly preferred?: boolean } & Readonly<
  Record<string, unknown>
>;

/** One of something, or several, in the file's words; a bare text is its value. */
function given(sight: Pick<Sight, 'fields'>, ...names: readonly string[]): Given[] {
  return names.flatMap((name) => {
    const value = sight.fields[name];
    const list: unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
    return list.map((one) => (typeof one === 'string' ? { value: one } : (one as Given)));
  });
}

/** The first of several fields that the step has. */
function firstOf(sight: Sight, ...names: readonly string[]): string | undefined {
  return names.map((name) => text(sight, name)).find((one) => one !== undefined);
}

const optional = (name: string, value: string | undefined): FormValues =>
  value === undefined ? {} : { [name]: value };

const linesOf = (address: Given | undefined): FormValues => {
  if (!address) return {};
  const written = address['lines'];
  const lines = Array.isArray(written) ? written.map(String) : (address.value ?? '').split('\n');
  const said = (name: string): FormValues => {
    const value = address[name];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  const [line1 = '', line2 = '', line3 = ''] = lines;
  return {
    line1,
    line2,
    line3,
    ...said('line1'),
    ...said('line2'),
    ...said('line3'),
    ...said('postalCode'),
    ...said('city'),
  };
};

/** What a `register` step writes into the form of its profile. */
function registration(sight: Sight): FormValues {
  const { fields, state } = sight;
  const day = (name: string, ...from: readonly string[]): FormValues => {
    const value = firstOf(sight, ...from);
    return value === undefined ? {} : { [name]: dayTyped(sight, value) };
  };
  const email = given(sight, 'email', 'emails').find((one) => one.type !== 'alternative');
  const [phone] = given(sight, 'phone', 'phones');
  const [address] = given(sight, 'address', 'addresses');
  const [other] = given(sight, 'identifiers');
  const alternative = given(sight, 'email', 'emails').some((one) => one.type === 'alternative');
  const reached = (name: 'email' | 'phone' | 'address', one: Given | undefined): FormValues =>
    one ? { ...(name === 'address' ? {} : { [name]: one.value ?? '' }), ...optional(`${name}Type`, one.type) } : {};
  const form = (state.form?.fields ?? []).flatMap((one) => (one.locked === undefined ? [one.name] : []));
  const all: FormValues = {
    ...optional('lastName', firstOf(sight, 'name', 'lastName')),
    ...optional('firstName', text(sight, 'firstName')),
    ...day('birthDay', 'birthDate', 'birthDay'),
    ...optional('identifier', firstOf(sight, 'identifier', 'id', 'card', 'unr', 'barcode') ?? other?.value),
    ...optional('group', text(sight, 'group')),
    ...optional('campus', text(sight, 'campus')),
    ...optional('language', text(sight, 'language')),
    ...day('expiry', 'expiry'),
    ...day('purge', 'purge'),
    ...reached('email', email),
    // The form asks for an address, or for the box that there is none.
    ...(form.includes('noEmail') &&
    (fields['noEmail'] === true || fields['alternative'] === true || alternative || !email)
      ? { noEmail: true }
      : {}),
    ...linesOf(address),
    ...reached('address', address),
    ...reached('phone', phone),
    ...(form.includes('statistics') && Array.isArray(fields['statistics'])
      ? { statistics: texts(sight, 'statistics').join(' ') }
      : {}),
  };
  return all;
}

/** `register`: the profile, its form, what is asked about people who look the same; with `patron`, again. */
export function register(sight: Sight): Next {
  const { state, fields } = sight;
  const key = state.form?.key ?? '';
  const patron = text(sight, 'patron');
  if (key.startsWith('register ') || (patron !== undefined && /^patron \d+ (re-registration|finish)$/.test(key)))
    return fillForm(sight, registration(sight));
  if (state.prompt && (offers(sight, 'answer-new') || (patron !== undefined && offers(sight, 'answer-yes')))) {
    const despite = fields['despite'] ?? fields['acceptDuplicates'] ?? fields['confirm'] ?? fields['force'] ?? false;
    if (despite === false) return undefined;
    return atMost(sight, 2, 'despite', answer(sight, offers(sight, 'answer-new') ? 'answer-new' : 'answer-yes'));
  }
  if (patron !== undefined) {
    const way = atRecord(sight, patron);
    return way === 'there' ? atMost(sight, 2, 're-register', command(sight, 're-register')) : way;
  }
  const open = clearAway(sight);
  if (open) return open;
  const top = topList(sight, 'profiles');
  if (!top) return atMost(sight, 2, 'register', command(sight, 'register'));
  const profile = text(sight, 'profile');
  const row = atRow(sight, top, (one) => (one as { code: string | null }).code === (profile?.toUpperCase() ?? null));
  return row === 'there' ? press('Enter') : row;
}

/** Fields of the general tab, in the file's words and in the form's. */
const GENERAL: Readonly<Record<string, string>> = {
  name: 'lastName',
  firstName: 'firstName',
  birthDate: 'birthDay',
  group: 'group',
  campus: 'campus',
  language: 'language',
  category: 'category',
  expiry: 'expiry',
  purge: 'purge',
  status: 'status',
  id: 'identifier',
};
const DAYS = ['birthDate', 'expiry', 'purge'];

function general(sight: Sight): FormValues {
  const asked = Object.entries(GENERAL).flatMap(([from, to]): [string, string][] => {
    const value = sight.fields[from];
    if (value === undefined || value === 'keep') return [];
    const written = typeof value === 'string' ? value : '';
    return [[to, DAYS.includes(from) ? dayTyped(sight, written) : written]];
  });
  return Object.fromEntries(asked);
}

/** To a tab of the full record of the step's patron. */
function atTabOf(sight: Sight, table: string): Way {
  const { state } = sight;
  const open = clearAway(sight);
  if (open) return open;
  const top = state.browse.at(-1);
  const patron = text(sight, 'patron') ?? '';
  if (isOpen(sight, patron) && top?.source.group === 'patron-record')
    return top.source.table === table ? 'there' : atMost(sight, 20, 'next-tab', command(sight, 'next-tab'));
  const way = atRecord(sight, patron);
  return way === 'there' ? atMost(sight, 3, 'full-record', command(sight, 'full-record')) : way;
}

type Kind = 'email' | 'phone' | 'address';
const ASKED = { email: 'answer-email', phone: 'answer-phone', address: 'answer-address' } as const;
type Contact = { kind: Kind; type: string | null; value: string; preferred: boolean; locked: boolean };

/** A contact: changed where one of its kind is there, copied where that is locked, else added; or only preferred. */
function contact(sight: Sight, kind: Kind, one: Given, several: boolean): Next {
  const { state } = sight;
  const part = `contact ${kind} ${one.value}`;
  if (/^patron \d+ (contact|copy) /.test(state.form?.key ?? '')) {
    const { preferred = !several } = one;
    const [first = '', line2 = '', line3 = ''] = (one.value ?? '').split('\n');
    const said = (name: string): FormValues => {
      const value = one[name];
      return typeof value === 'string' ? { [name]: value } : {};
    };
    const postal = { line2, line3, ...said('postalCode'), ...said('city'), ...said('country') };
    return fillForm(sight, {
      ...optional('type', one.type),
      value: first,
      ...(kind === 'address' ? postal : {}),
      preferred,
    });
  }
  if (state.prompt && offers(sight, ASKED[kind])) return answer(sight, ASKED[kind]);
  const way = atTabOf(sight, 'record-contacts');
  const top = topList(sight, 'record-contacts');
  if (way !== 'there' || !top) return way === 'there' ? undefined : way;
  const all = top.lines as readonly Contact[];
  const alike = all.filter((row) => row.kind === kind);
  const same = alike.find((row) => row.value.toLowerCase() === one.value?.toLowerCase());
  const isOfType = (row: Contact): boolean => one.type === undefined || row.type === null || row.type === one.type;
  const before = several ? undefined : alike.find((row) => row.preferred && isOfType(row));
  const target = same ?? before;
  if (!target) return atMost(sight, 1, part, command(sight, 'add'));
  const row = atRow(sight, top, (line) => line === target);
  if (row !== 'there') return row;
  const isOnlyPreferred =
    same !== undefined && Object.keys(one).every((name) => name === 'value' || name === 'preferred');
  return atMost(sight, 1, part, command(sight, isOnlyPreferred ? 'prefer' : target.locked ? 'duplicate' : 'edit'));
}

/** What of an `edit-patron` step is still to be done, part after part. */
type Part = { readonly name: string; readonly does: () => Next };

function parts(sight: Sight): Part[] {
  const { fields, state } = sight;
  const wanted = general(sight);
  const isGeneral = (key: string): boolean => /^patron \d+ general$/.test(key);
  const open = fields['open'] ?? fields['openForUpdate'] ?? (fields['protectGroup'] === undefined ? undefined : true);
  const contacts = (['email', 'phone', 'address'] as const).flatMap((kind) => {
    const list = given(sight, kind);
    return list.map((one): Part => ({
      name: `contact ${kind} ${one.value}`,
      does: () => contact(sight, kind, one, list.length > 1),
    }));
  });
  const edit = (): Next => {
    if (isGeneral(state.form?.key ?? '')) return fillForm(sight, wanted);
    const way = atTabOf(sight, 'record-general');
    return way === 'there' ? atMost(sight, 1, 'general', commandHere(sight, 'edit')) : way;
  };
  const openOrClose = (): Next => {
    if (/^patron \d+ open$/.test(state.form?.key ?? '')) {
      const protect = fields['protectGroup'];
      return fillForm(sight, typeof protect === 'boolean' ? { protect } : {});
    }
    const way = atRecord(sight, text(sight, 'patron') ?? '');
    return way === 'there' ? atMost(sight, 1, 'open-for-update', command(sight, 'open-for-update')) : way;
  };
  const verify = (): Next => {
    const way = atRecord(sight, text(sight, 'patron') ?? '');
    return way === 'there' ? atMost(sight, 1, 'verify', command(sight, 'verify')) : way;
  };
  const identifiers = given(sight, 'identifiers').map((one): Part => ({
    name: `identifier ${one.value}`,
    does: () => {
      if (/^patron \d+ identifier $/.test(state.form?.key ?? ''))
        return fillForm(sight, {
          ...optional('type', one.type),
          value: one.value ?? '',
          ...(one['external'] === true ? { external: true } : {}),
        });
      const way = atTabOf(sight, 'record-identifiers');
      return way === 'there' ? atMost(sight, 1, `identifier ${one.value}`, command(sight, 'add')) : way;
    },
  }));
  const statistics = (): Next => {
    const way = atTabOf(sight, 'record-statistics');
    const top = topList(sight, 'record-statistics');
    if (way !== 'there' || !top) return way === 'there' ? undefined : way;
    const codes = texts(sight, 'statistics');
    const isWrong = (row: unknown): boolean => {
      const { code, has, locked } = row as { code: string; has: boolean; locked: boolean };
      return !locked && codes.includes(code) !== has;
    };
    const row = atRow(sight, top, isWrong);
    return row === 'there' ? atMost(sight, 12, 'statistic', press('Enter')) : row;
  };
  return [
    ...(open === true ? [{ name: 'open', does: openOrClose }] : []),
    ...(Object.keys(wanted).length > 0 ? [{ name: 'general', does: edit }] : []),
    ...(Array.isArray(fields['statistics']) ? [{ name: 'statistics', does: statistics }] : []),
    ...contacts,
    ...identifiers,
    ...(fields['verified'] === true ? [{ name: 'verify', does: verify }] : []),
    ...(open === false ? [{ name: 'close', does: openOrClose }] : []),
  ];
}

/** `edit-patron`: one part after the other; the due dates that follow are moved where the step says so. */
export function editPatron(sight: Sight): Next {
  const { state, fields } = sight;
  if (state.prompt && offers(sight, 'answer-yes') && count(sight, 'general') > 0)
    return answer(sight, fields['recompute'] === true ? 'answer-yes' : 'answer-cancel');
  for (const part of parts(sight)) {
    if (count(sight, `finished ${part.name}`) > 0) continue;
    const next = part.does();
    if (next && next.length > 0) return next;
    // What has no way on has been done, or cannot be: the next part.
    sight.memo.done.set(`finished ${part.name}`, 1);
  }
  return clearAway(sight);
}
