import { institutionChoices, signInMember } from '../../../desk/member-sign-in.ts';
import type { MemberSignIn } from '../../../desk/member-sign-in.ts';
import { signInPatron } from '../../../desk/patron-sign-in.ts';
import type { PatronSignIn, SignedInPatron } from '../../../desk/patron-sign-in.ts';
import { NOBODY } from '../../../desk/sign-in.ts';
import type { FormProblem } from '../../form.ts';
import { textOf } from '../values.ts';
import { BACK } from '../ui.ts';
import type { FormAsk } from '../ui.ts';
import type { Visit } from '../visit.ts';
import { passwords } from './passwords.ts';
import { waitText } from './refusals.ts';

type Entered = { readonly done: SignedInPatron } | { readonly problem: FormProblem };
type Institutions = Extract<Awaited<ReturnType<(typeof institutionChoices)['run']>>, { kind: 'institutions' }>;

/** Says what came of signing in; somebody who is guessing learns nothing from it, not even from the time it took (KIO-02). */
async function entered(visit: Visit, started: number, outcome: PatronSignIn | MemberSignIn): Promise<Entered> {
  const words = visit.words().signIn;
  const problem = (text: string): Entered => ({ problem: { field: 'password', text } });
  switch (outcome.kind) {
    case 'signed-in':
      return { done: outcome.patron };
    case 'not-valid':
      return problem(outcome.because === 'expired' ? words.expired : words.inactive);
    case 'no-record':
      return problem(words.unknownHere);
    case 'wait':
      await visit.beat(started);
      return problem(waitText(visit, outcome.until));
    case 'directory-away':
      await visit.beat(started);
      return problem(words.directoryAway);
    default:
      await visit.beat(started);
      return problem(words.wrong);
  }
}

/** In a training copy the password is no secret. */
const forTraining = (visit: Visit): string[] => {
  const { trainingPassword } = visit.house;
  return trainingPassword == null ? [] : [visit.words().signIn.training(trainingPassword)];
};

/** A name and a password. `scannable`: the name is the number of a card. */
const credentials = (visit: Visit, label: string, hint: string, scannable: boolean): FormAsk['spec'] => {
  const words = visit.words().signIn;
  return {
    fields: [
      { kind: 'text', name: 'id', label, value: '', hint, scannable },
      { kind: 'text', name: 'password', label: words.password, value: '', masked: true, hint: '' },
    ],
    check: (values) => {
      const empty = ['id', 'password'].find((name) => textOf(values, name) === '');
      return empty === undefined ? undefined : { field: empty, text: words.empty };
    },
  };
};

async function asReader(visit: Visit): Promise<SignedInPatron | undefined> {
  const { signIn: words, back } = visit.words();
  const answer = await visit.ui.form<SignedInPatron>(
    {
      title: words.ownTitle,
      said: [words.ownSaid, ...forTraining(visit)],
      back,
      submit: words.submit,
      direct: true,
      spec: credentials(visit, words.id, words.idHint, true),
    },
    async (values) => {
      const started = visit.now();
      const request = { id: textOf(values, 'id'), password: textOf(values, 'password') };
      return entered(visit, started, await visit.act(signInPatron, request));
    },
  );
  return answer === BACK ? undefined : answer;
}

async function asMember(visit: Visit, { institutions }: Institutions): Promise<SignedInPatron | undefined> {
  const { signIn: words, back } = visit.words();
  const { directory, perform, terminal, library } = visit.house;
  const language = visit.language();
  const institution = await visit.ui.list({
    title: words.memberTitle,
    said: [words.institution],
    back,
    empty: '',
    lines: 1,
    actions: [{ id: 'enter', key: '', label: visit.words().keys.open }],
    enter: 'enter',
    read: async ({ offset, limit }) => ({
      total: institutions.length,
      entries: institutions
        .slice(offset, offset + limit)
        .map(({ code, name }) => ({ id: code, lines: [name[language]] })),
    }),
  });
  if (institution === BACK || !directory) return undefined;
  const named = institutions.find((one) => one.code === institution.id)?.name[language] ?? institution.id;
  const answer = await visit.ui.form<SignedInPatron>(
    {
      title: named,
      said: [words.memberSaid, ...forTraining(visit)],
      back,
      submit: words.submit,
      direct: true,
      spec: credentials(visit, words.memberId, '', false),
    },
    async (values) => {
      const started = visit.now();
      const seat = { staff: NOBODY, place: null, kiosk: { terminal, library, patron: null } };
      const request = { institution: institution.id, name: textOf(values, 'id'), password: textOf(values, 'password') };
      return entered(visit, started, await visit.hold(signInMember(perform, seat, directory, request)));
    },
  );
  return answer === BACK ? undefined : answer;
}

/** The way in: members of an institution with what it gave them, others with what the library gave them (manual III.2.1, XI.1). */
async function asWhom(visit: Visit): Promise<SignedInPatron | undefined> {
  const { signIn: words, back, home } = visit.words();
  const known = visit.house.directory === null ? undefined : await visit.act(institutionChoices, {});
  const institutions = known?.kind === 'institutions' && known.institutions.length > 0 ? known : undefined;
  if (!institutions) return asReader(visit);
  for (;;) {
    const way = await visit.ui.menu({
      title: words.title,
      said: [words.ways],
      back,
      choices: [
        { id: 'member', label: words.member },
        { id: 'own', label: words.own },
        { id: 'password', label: home.password },
      ],
    });
    if (way === BACK) return undefined;
    if (way === 'password') await passwords(visit);
    else {
      const patron = way === 'member' ? await asMember(visit, institutions) : await asReader(visit);
      if (patron) return patron;
    }
  }
}

/** Signs a reader in (KIO-02); false: they went back. */
export async function signIn(visit: Visit): Promise<boolean> {
  const patron = await asWhom(visit);
  if (!patron) return false;
  const { id, firstName, lastName, identifier } = patron;
  const name = [firstName, lastName].filter((one) => one !== '').join(' ');
  visit.signedIn({ id, name, identifier });
  visit.tell('done', visit.words().signIn.welcome(name));
  return true;
}
