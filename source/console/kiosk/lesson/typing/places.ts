import { wordsIn } from '../../../../language/index.ts';
import type { Person } from '../../../../training/lessons/contract.ts';
import { fillForm } from './forms.ts';
import { act, atEntry, atMost, back, choose, finish, formWith, listWith, offers, press } from './hands.ts';
import type { Next, Sight, Way } from './hands.ts';

const same = (one: string, other: string): boolean => one.trim().toUpperCase() === other.trim().toUpperCase();

/** To the menu of somebody who has not signed in. */
export function atHome(sight: Sight): Way {
  if (sight.reader) return finish(sight);
  if (offers(sight, 'fr', 'en')) return atMost(sight, 4, 'language', choose(sight, sight.state.language));
  return offers(sight, 'catalogue', 'account') ? 'there' : back(sight);
}

/** What somebody types to sign in. */
type SignIn = Pick<Person, 'id' | 'password' | 'institution'>;

/** Signs somebody in, whoever may be at the terminal. */
export function signIn(sight: Sight, { id, password, institution }: SignIn): Next {
  if (password === undefined) return undefined;
  const form = sight.reader ? undefined : formWith(sight, 'id', 'password');
  if (form && form.form.fields.length === 2) {
    const isOwn = sight.state.page?.title === wordsIn(sight.state.language).kiosk.signIn.ownTitle;
    // The other way to sign in has the same two fields.
    if (isOwn !== (institution === undefined)) return back(sight);
    return fillForm(sight, form, { id, password });
  }
  if (offers(sight, 'member', 'own'))
    return atMost(sight, 3, 'way', choose(sight, institution === undefined ? 'own' : 'member'));
  const institutions = listWith(sight, 'enter');
  if (institutions && institution !== undefined) {
    const entry = atEntry(sight, institutions, (one) => one.id === institution);
    return entry === 'there' ? atMost(sight, 2, 'institution', press('Enter')) : entry;
  }
  const home = atHome(sight);
  return home === 'there' ? atMost(sight, 3, 'account', choose(sight, 'account')) : home;
}

/** Whether somebody has signed in. */
export const isHere = ({ reader, facts }: Sight, name: string): boolean =>
  reader !== null && facts.person(name).called.some((one) => same(one, reader.identifier));

/** To be signed in as somebody. */
export function asReader(sight: Sight, name: string): Way {
  if (isHere(sight, name)) return 'there';
  return sight.reader ? finish(sight) : signIn(sight, sight.facts.person(name));
}

/** To somebody's account. */
export function atAccount(sight: Sight, name: string): Way {
  const here = asReader(sight, name);
  if (here !== 'there') return here;
  return offers(sight, 'loans', 'requests') ? 'there' : back(sight);
}

/** To the catalogue, signed in or not. */
export function atCatalogue(sight: Sight): Way {
  if (listWith(sight, null)) return 'there';
  if (offers(sight, 'catalogue')) return atMost(sight, 4, 'catalogue', choose(sight, 'catalogue'));
  return sight.reader ? back(sight) : atHome(sight);
}

/** To a title, as it is found by its words. */
export function atTitle(sight: Sight, title: string): Way {
  if (sight.state.page?.body.kind === 'text' && sight.state.page.title === title && act(sight, 'request'))
    return 'there';
  const way = atCatalogue(sight);
  const list = listWith(sight, null);
  if (way !== 'there' || !list) return way === 'there' ? undefined : way;
  if (list.field?.value !== title) return typed(sight, list.field?.value ?? '', title);
  const entry = atEntry(sight, list, (one) => one.lines[0] === title);
  return entry === 'there' ? atMost(sight, 2, 'open', press('Enter')) : entry;
}

/** Types what is looked for, in the place of what stands there. */
export function typed(sight: Sight, value: string, wanted: string): Next {
  const keys = [...(value === '' ? [] : press('Delete')), { kind: 'text' as const, text: wanted }];
  return atMost(sight, 2, 'typed', keys);
}
