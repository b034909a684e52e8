import type { CommandName } from '../keymap.ts';
import type { Runtime } from '../runtime.ts';
import type { Prompt } from '../state.ts';

/** The answer to a question about blocks; `reason`: why they are overridden, where somebody has said so (BLK-06). */
type Overriding = { readonly answer: CommandName; readonly reason?: string };

/** It is for one line of the audit. */
const LONGEST_REASON = 200;

/** Asks why; undefined: nothing was written, and nothing is overridden yet. */
async function askReason(runtime: Runtime, title: string): Promise<string | undefined> {
  const words = runtime.words();
  const field = { kind: 'text', name: 'reason', label: words.prompt.reason, value: '' } as const;
  const values = await runtime.askForm({
    key: 'override reason',
    title,
    fields: [{ ...field, hint: words.prompt.reasonHint }],
    check: (filled) => {
      const { length } = String(filled['reason']).trim();
      if (length === 0) return { field: 'reason', text: runtime.words().form.empty };
      return length > LONGEST_REASON
        ? { field: 'reason', text: runtime.words().notes.tooLong(LONGEST_REASON) }
        : undefined;
    },
    secret: true,
  });
  return values && String(values['reason']).trim();
}

/**
 * Asks about blocks; who may override them (`proceed` is among the choices) may say why, which goes to the audit (BLK-06).
 * Leaving the reason asks the question again.
 */
export async function askToOverride(runtime: Runtime, prompt: Prompt, proceed: CommandName): Promise<Overriding> {
  const may = prompt.choices.includes(proceed);
  const asked: Prompt = may ? { ...prompt, choices: [...prompt.choices, 'answer-reason'] } : prompt;
  for (;;) {
    const answer = await runtime.ask(asked);
    if (answer !== 'answer-reason') return { answer };
    const reason = await askReason(runtime, prompt.title);
    if (reason !== undefined) return { answer: proceed, reason };
  }
}
