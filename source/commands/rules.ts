import { consultRules } from '../desk/show.ts';
import type { RulesAnswer } from '../desk/show.ts';
import { explainRules } from '../language/explain-rules.ts';
import { rulesResult } from '../training/rules-result.ts';
import { report } from './context.ts';
import type { Context } from './context.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { sayingFor } from './outcomes.ts';
import { hoped } from './refusals.ts';
import { COMMAND_LINE_SEAT } from './seat.ts';

/** The three tabs of *Consult the rules*, one below the other, each under its name (CONF-03). */
function tabs(context: Context, opened: Opened, answer: RulesAnswer): string[] {
  const { rules } = context.words;
  const said = explainRules(answer, rules, sayingFor(context, opened));
  return (['loan', 'request', 'late'] as const).flatMap((tab) => [
    rules.tabs[tab],
    ...said[tab].map((line) => `  ${line}`),
  ]);
}

/** `guichet rules --patron|--group … --item|--location …`: what the rules answer, and why. No loan is needed (CONF-03). */
export async function run(context: Context): Promise<Status> {
  const { options, words } = context;
  const given = (name: 'patron' | 'group' | 'item' | 'location' | 'material' | 'policy') => {
    const value = options.text(name);
    return value === undefined ? {} : { [name]: value };
  };
  const whom = { ...given('patron'), ...given('group') };
  const what = { ...given('item'), ...given('location') };
  if (Object.keys(whom).length !== 1 || Object.keys(what).length !== 1) throw misused(words.commands.usage.rulesNeeds);
  return withDatabase(context, {}, async (opened) => {
    if (opened.network === null) throw refused(words.commands.network.none);
    const request = { ...whom, ...what, ...given('material'), ...given('policy') };
    const answer = hoped(await opened.perform(COMMAND_LINE_SEAT, consultRules, request), words.commands.refusal);
    report(context, rulesResult(answer, opened), () => tabs(context, opened, answer));
    return 0;
  });
}
