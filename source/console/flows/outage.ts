import { OUTAGE_PROBES } from '../../circulation/outage.ts';
import type { OutageFindings, OutageProbe, OutageSettings } from '../../circulation/outage.ts';
import { SHIPPED_CONTACTS, SHIPPED_PROCEDURE } from '../../language/outage-procedure.ts';
import { answerOutage, backOutage, startOutage } from '../../offline/outage/engine.ts';
import type { OutageEnd, OutageState } from '../../offline/outage/engine.ts';
import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import type { Prompt } from '../state.ts';
import { goOffline } from './offline/index.ts';
import { endLines, findingLines, fitted, questionLines, textIn } from './outage-lines.ts';

const NOTHING_SAID: OutageSettings = { contacts: [], statusPages: [] };

type Known = { readonly settings: OutageSettings; readonly timeZone: string };

/** What the network says of outages: as it was read last, here or when the database still answered (OUT-01). */
async function knownSettings(runtime: Runtime): Promise<Known> {
  const { network, timeZone } = runtime.store.get();
  if (network) return { settings: network.outage ?? NOTHING_SAID, timeZone: network.timeZone };
  const kept = await runtime.outage.kept();
  return { settings: kept?.outage ?? NOTHING_SAID, timeZone: kept?.timeZone ?? timeZone };
}

/** Working offline is always one key away, unless that is what one does already, or there is nowhere to write. */
const offlineChoice = (runtime: Runtime): readonly CommandName[] =>
  runtime.store.get().offline || !runtime.offline ? [] : ['answer-offline'];

/** What a letter at the end of the assistant does. */
async function leaveFor(runtime: Runtime, answer: CommandName): Promise<void> {
  if (answer === 'answer-offline') await goOffline(runtime);
}

/** The probes that are made here. */
function probesOf(runtime: Runtime, settings: OutageSettings): OutageProbe[] {
  const made: Readonly<Record<OutageProbe, boolean>> = {
    database: runtime.store.get().offline?.alone !== true,
    'other-desks': runtime.store.get().offline?.alone !== true,
    'outside-site': settings.outsideSite !== undefined,
    'status-pages': settings.statusPages.length > 0,
  };
  return OUTAGE_PROBES.filter((probe) => made[probe]);
}

/** What the probes have found so far, a probe a line. */
function lookingPrompt(runtime: Runtime, probes: readonly OutageProbe[], findings: OutageFindings): Prompt {
  const words = runtime.words().outage;
  const lines = probes.flatMap((probe) => {
    const [first = words.stillLooking, ...more] = findingLines(runtime, probe, findings);
    return [words.lookedAt(words.probe[probe], first), ...more];
  });
  return {
    title: words.looking,
    lines: fitted(runtime, lines),
    why: [],
    choices: [...offlineChoice(runtime), 'answer-leave'],
  };
}

/** Finds out what this station can, in view of the operator; or what they rather want to do than wait for it (OUT-02). */
async function lookAround(
  runtime: Runtime,
  settings: OutageSettings,
): Promise<{ readonly findings: OutageFindings } | { readonly answer: CommandName }> {
  const { store } = runtime;
  const probes = probesOf(runtime, settings);
  if (probes.length === 0) return { findings: {} };
  let shown = lookingPrompt(runtime, probes, {});
  let findings: OutageFindings | undefined;
  const isOpen = (): boolean => store.get().prompt === shown;
  const asked = runtime.ask(shown, { silent: true });
  runtime.outage.probe(
    settings,
    (soFar) => {
      // The header must not say otherwise than what has just been found.
      if (soFar.database && !store.get().offline) store.set({ away: soFar.database.kind === 'away' });
      if (!isOpen()) return;
      shown = lookingPrompt(runtime, probes, soFar);
      store.set({ prompt: shown });
    },
    (all) => {
      findings = all;
      if (isOpen()) runtime.answer('answer-retry');
    },
  );
  const answer = await asked;
  return findings ? { findings } : { answer };
}

function endTitle(runtime: Runtime, end: OutageEnd): string {
  const words = runtime.words().outage.end;
  switch (end.kind) {
    case 'wait':
      return words.wait;
    case 'offline':
      return runtime.store.get().offline ? words.offlineAlready : words.offline;
    case 'call':
      return words.call(textIn(runtime, end.contact.name));
    case 'ticket':
      return words.ticket(textIn(runtime, end.contact.name));
  }
}

/** Where one stands, as a prompt: neither Enter nor a scan answers it (TUI-02). */
function stepPrompt(runtime: Runtime, state: OutageState): Prompt {
  const words = runtime.words().outage;
  const offline = offlineChoice(runtime);
  const back: readonly CommandName[] = state.answered.length > 0 ? ['answer-previous'] : [];
  const { at } = state;
  if (at.kind === 'question') {
    return {
      title: textIn(runtime, at.question.ask),
      answer: words.asking(at.question.code),
      lines: questionLines(runtime, state, at.question),
      why: [],
      choices: ['answer-yes', 'answer-no', ...back, ...offline, 'answer-leave'],
    };
  }
  const letter = offline.length > 0 ? runtime.keyFor('answer-offline') : undefined;
  return {
    title: endTitle(runtime, at.end),
    answer: words.ended,
    lines: endLines(runtime, state, at.end, letter),
    why: [],
    choices: [...offline, ...back, 'answer-leave'],
  };
}

/**
 * The outage assistant (OUT-01 to OUT-03): finds out what it can, asks the rest, ends in an action. No prompt and no form may
 * be open. Needs no database.
 */
export async function showOutage(runtime: Runtime): Promise<void> {
  const { settings, timeZone } = await knownSettings(runtime);
  const looked = await lookAround(runtime, settings);
  if ('answer' in looked) return leaveFor(runtime, looked.answer);
  const codes = new Set(settings.contacts.map(({ code }) => code));
  let state = startOutage({
    procedure: settings.procedure ?? SHIPPED_PROCEDURE,
    contacts: [...settings.contacts, ...SHIPPED_CONTACTS.filter(({ code }) => !codes.has(code))],
    findings: looked.findings,
    now: runtime.now(),
    timeZone,
  });
  for (;;) {
    const answer = await runtime.ask(stepPrompt(runtime, state), { silent: true });
    if (answer === 'answer-yes') state = answerOutage(state, 'yes');
    else if (answer === 'answer-no') state = answerOutage(state, 'no');
    else if (answer === 'answer-previous') state = backOutage(state);
    else return leaveFor(runtime, answer);
  }
}
