import { pagesOf } from '../../../../training/lessons/looked-at.ts';
import type { GuidedName } from '../../../../training/lessons/contract.ts';
import {
  act,
  atEntry,
  atMost,
  choose,
  count,
  dayTyped,
  finish,
  formWith,
  listWith,
  offers,
  press,
  text,
  texts,
} from './hands.ts';
import type { Next, Sight } from './hands.ts';
import { fillForm } from './forms.ts';
import { asReader, atAccount, atCatalogue, atHome, atTitle, isHere, signIn, typed } from './places.ts';

export type { Sight } from './hands.ts';

const patronOf = (sight: Sight): string => text(sight, 'patron') ?? text(sight, 'id') ?? '';

/** `sign-in`: with what the step says, right or wrong. */
function signingIn(sight: Sight): Next {
  if (sight.reader) return finish(sight);
  const institution = text(sight, 'institution');
  return signIn(sight, { id: text(sight, 'id') ?? '', password: text(sight, 'password'), institution });
}

/** Which line of the account's menu leads to what a step wants to see. */
const MENU: Readonly<Record<string, string>> = {
  loans: 'loans',
  requests: 'requests',
  messages: 'messages',
  earlier: 'history',
};

/** `account`: every page of it that the step is about, one after the other; the loans in the order that is wanted. */
function account(sight: Sight): Next {
  const loans = listWith(sight, 'sort');
  if (loans && pagesOf(sight.step).includes('loans') && count(sight, 'sort') < 3) {
    // The list is there already, or in another order.
    if (isHere(sight, patronOf(sight)) && (count(sight, 'loans') > 0 || text(sight, 'sort') !== 'due'))
      return atMost(sight, 3, 'sort', act(sight, 'sort'));
  }
  const way = atAccount(sight, patronOf(sight));
  if (way !== 'there') return way;
  const next = pagesOf(sight.step).find((page) => count(sight, page) === 0) ?? 'account';
  return atMost(sight, 1, next, choose(sight, MENU[next] ?? 'messages'));
}

/** `renew`: all loans, or one after the other those that are named. */
function renew(sight: Sight): Next {
  const items = [text(sight, 'item') ?? [], texts(sight, 'items')].flat();
  const loans = listWith(sight, 'all');
  if (!loans || !isHere(sight, patronOf(sight))) {
    const way = atAccount(sight, patronOf(sight));
    return way === 'there' ? atMost(sight, 2, 'loans', choose(sight, 'loans')) : way;
  }
  if (items.length === 0) return atMost(sight, 1, 'all', act(sight, 'all'));
  const item = items.find((one) => count(sight, `renew ${one}`) === 0);
  if (item === undefined) return undefined;
  const entry = atEntry(sight, loans, (one) => one.id.toUpperCase() === item.toUpperCase());
  return entry === 'there' ? atMost(sight, 1, `renew ${item}`, act(sight, 'renew')) : entry;
}

/** `request`: the title, the volume, where and until when. */
function request(sight: Sight): Next {
  const here = asReader(sight, patronOf(sight));
  if (here !== 'there') return here;
  const form = formWith(sight, 'pickup');
  if (form) {
    const until = text(sight, 'until');
    const pickup = text(sight, 'pickup');
    return fillForm(sight, form, {
      ...(pickup === undefined ? {} : { pickup }),
      until: until === undefined ? '' : dayTyped(sight, until),
    });
  }
  const item = text(sight, 'item');
  const volumes = listWith(sight, 'choose');
  if (volumes) {
    if (item === undefined) return atMost(sight, 1, 'volume', press('Enter'));
    const entry = atEntry(sight, volumes, (one) => one.id === item);
    return entry === 'there' ? atMost(sight, 1, 'volume', press('Enter')) : entry;
  }
  const title = text(sight, 'title') ?? (item === undefined ? undefined : sight.facts.title(item));
  const way = title === undefined ? undefined : atTitle(sight, title);
  return way === 'there' ? atMost(sight, 1, 'request', act(sight, 'request')) : way;
}

/** `cancel-request`: on its line, and yes. */
function cancelRequest(sight: Sight): Next {
  const id = sight.requestCalled(text(sight, 'request') ?? '');
  const list = listWith(sight, 'cancel');
  if (count(sight, 'cancel') > 0 && offers(sight, 'yes')) return atMost(sight, 1, 'yes', choose(sight, 'yes'));
  if (list && isHere(sight, patronOf(sight))) {
    const entry = atEntry(sight, list, (one) => one.id === String(id));
    return entry === 'there' ? atMost(sight, 1, 'cancel', act(sight, 'cancel')) : entry;
  }
  const way = atAccount(sight, patronOf(sight));
  return way === 'there' ? atMost(sight, 2, 'requests', choose(sight, 'requests')) : way;
}

/** `quitus`: in the account of who has signed in; else with card and birth date. */
function quitus(sight: Sight): Next {
  const card = patronOf(sight);
  const { birthDate } = sight.facts.person(card);
  if (offers(sight, 'yes') && count(sight, 'clearance') > 0) return atMost(sight, 1, 'yes', choose(sight, 'yes'));
  const birthDay = text(sight, 'birthDate') ?? birthDate;
  const form = formWith(sight, 'card', 'birthDay');
  if (form && birthDay !== undefined) return fillForm(sight, form, { card, birthDay: dayTyped(sight, birthDay) });
  const way = birthDay === undefined || isHere(sight, card) ? atAccount(sight, card) : atHome(sight);
  return way === 'there' ? atMost(sight, 2, 'clearance', choose(sight, 'clearance')) : way;
}

/** `pre-register`: the terms of use, then the form. */
function preRegister(sight: Sight): Next {
  const { fields } = sight;
  const form = formWith(sight, 'lastName', 'birthDay');
  if (form) {
    const address = (fields['address'] ?? {}) as Readonly<Record<string, string | undefined>>;
    const password = text(sight, 'password') ?? '';
    const named = (name: string, from = name): Record<string, string> => {
      const value = text(sight, from);
      return value === undefined ? {} : { [name]: value };
    };
    return fillForm(sight, form, {
      ...named('lastName', 'name'),
      ...named('firstName'),
      birthDay: dayTyped(sight, text(sight, 'birthDate') ?? ''),
      ...named('email'),
      password,
      again: password,
      ...Object.fromEntries(Object.entries(address).map(([name, value]) => [name, value ?? ''])),
      ...named('phone'),
      ...named('occupation'),
      ...named('duration'),
      ...named('library'),
      ...named('language'),
      termsAccepted: fields['terms'] !== false,
    });
  }
  const onward = act(sight, 'onward');
  if (onward) return atMost(sight, 2, 'onward', onward);
  const way = atHome(sight);
  return way === 'there' ? atMost(sight, 2, 'register', choose(sight, 'register')) : way;
}

/** `search`: typed where one searches; elsewhere than in everything with Tab. */
function search(sight: Sight): Next {
  const way = atCatalogue(sight);
  const list = listWith(sight, null);
  if (way !== 'there' || !list) return way === 'there' ? undefined : way;
  const wanted = text(sight, 'text') ?? '';
  if (list.field?.value !== wanted) return typed(sight, list.field?.value ?? '', wanted);
  return atMost(sight, 5, 'field', act(sight, 'field'));
}

/** To one of the two forms for those who have no password. */
function atPasswords(sight: Sight, form: string): Next {
  if (offers(sight, 'forgotten', 'code')) return atMost(sight, 2, form, choose(sight, form));
  const way = atHome(sight);
  return way === 'there' ? atMost(sight, 2, 'password', choose(sight, 'password')) : way;
}

/** `forgot-password`. */
function forgotPassword(sight: Sight): Next {
  const form = formWith(sight, 'name');
  if (form) return fillForm(sight, form, { name: text(sight, 'id') ?? '' });
  return atPasswords(sight, 'forgotten');
}

/** `set-password`: with the code of the letter. */
function setPassword(sight: Sight): Next {
  const form = formWith(sight, 'code', 'again');
  if (!form) return atPasswords(sight, 'code');
  const password = text(sight, 'password') ?? '';
  const written = text(sight, 'code') ?? '';
  const code = written === 'latest' ? (sight.code ?? '') : written;
  return fillForm(sight, form, { id: text(sight, 'id') ?? '', code, password, again: password });
}

const TYPISTS: Readonly<Partial<Record<GuidedName, (sight: Sight) => Next>>> = {
  'sign-in': signingIn,
  account,
  renew,
  request,
  'cancel-request': cancelRequest,
  quitus,
  'pre-register': preRegister,
  search,
  'forgot-password': forgotPassword,
  'set-password': setPassword,
};

/** The next keys of a step, made from the page that is shown now. Undefined or none: there is no way on from here. */
export const nextKeys = (sight: Sight): Next => TYPISTS[sight.step.name]?.(sight);
