import { DatabaseAway } from '../../desk/away.ts';
import { openAccount } from './flows/account.ts';
import { searchCatalogue } from './flows/catalogue.ts';
import { askClearance } from './flows/clearance.ts';
import { preRegister } from './flows/register.ts';
import { passwords } from './flows/passwords.ts';
import { signIn } from './flows/sign-in.ts';
import type { Resumed } from './lesson/follow.ts';
import { BACK } from './ui.ts';
import type { Visit } from './visit.ts';

/**
 * What a reader does at the terminal, from the first page to the last: it returns when they have finished. Languages are
 * chosen first (KIO-01 to KIO-06). `resumed`: somebody who follows a lesson goes on where they were.
 */
export async function runSession(visit: Visit, resumed?: Resumed): Promise<void> {
  if (!resumed) return welcome(visit);
  visit.choose(resumed.language);
  if (!resumed.reader) return home(visit);
  visit.signedIn(resumed.reader);
  return atAccount(visit);
}

async function welcome(visit: Visit): Promise<void> {
  const { ui } = visit;
  const { title, said } = visit.words().welcome;
  const language = await ui.menu({
    title,
    said,
    back: null,
    choices: [
      { id: 'fr', label: 'Français' },
      { id: 'en', label: 'English' },
    ],
    begin: visit.language(),
  });
  visit.choose(language === 'en' ? 'en' : 'fr');
  await home(visit);
}

const PLACES: Readonly<Record<string, (visit: Visit) => Promise<void>>> = {
  catalogue: searchCatalogue,
  register: preRegister,
  clearance: async (visit) => {
    await askClearance(visit);
  },
  password: passwords,
  account: async (visit) => {
    if (visit.reader() || (await signIn(visit))) await openAccount(visit);
  },
};

async function home(visit: Visit): Promise<void> {
  const { ui } = visit;
  let begin = 'catalogue';
  for (;;) {
    const { home: words, leave } = visit.words();
    const chosen = await ui.menu({
      title: words.title,
      said: [words.said],
      back: leave,
      begin,
      choices: [
        { id: 'catalogue', label: words.catalogue },
        { id: 'account', label: words.account },
        { id: 'password', label: words.password },
        ...(visit.greeting().preRegistration ? [{ id: 'register', label: words.register }] : []),
        { id: 'clearance', label: words.clearance },
      ],
    });
    if (chosen === BACK) return;
    begin = chosen;
    const isDone = await untilThere(visit, async () => PLACES[chosen]?.(visit));
    if (!visit.reader()) continue;
    // Whoever signed in on the way comes to their account, also after an outage; whoever leaves that leaves the terminal.
    return isDone && chosen === 'account' ? undefined : atAccount(visit);
  }
}

/** The account of who has signed in, until they leave it. */
async function atAccount(visit: Visit): Promise<void> {
  const open = async (): Promise<void> => openAccount(visit);
  while (!(await untilThere(visit, open))) continue;
}

/** Does something; where the database is away that is said, and one goes back to where one was (REL-03). False: it was away. */
async function untilThere(visit: Visit, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error;
    const words = visit.words();
    await visit.ui.text({ title: words.unavailableTitle, lines: [words.unavailable], back: words.back });
    return false;
  }
}
