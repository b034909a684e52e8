import type { Runtime } from '../runtime.ts';
import type { State } from '../state.ts';

/** To the other language, at once: what is open stays open (TUI-06). */
export async function changeLanguage(runtime: Runtime): Promise<void> {
  const { language, screen, field, record, given, browse, under, offline } = runtime.store.get();
  const next = language === 'fr' ? 'en' : 'fr';
  runtime.store.set({ language: next, answer: null });
  runtime.remember('language', next);
  const words = runtime.words();
  const labels: Partial<Record<State['screen'], string>> = {
    'sign-in': given.length > 0 ? words.signIn.password : words.signIn.name,
    identify: words.identify.field,
    patron: record?.tab === 'returns' ? words.returning.field : words.loan.field,
    returns: words.returning.field,
    'scan-in': words.scanIn.field,
    browse: browse.at(-1)?.source.field?.(runtime) ?? words.browse.field,
    rules: given.length > 0 ? words.rulesScreen.what : words.rulesScreen.who,
    offline: offline?.mode === 'loan' && offline.borrower === null ? words.offline.borrower : words.offline.item,
  };
  const inWords = (of: State['screen'], shown: State['field']): State['field'] => ({
    ...shown,
    label: labels[of] ?? shown.label,
  });
  runtime.store.set({
    field: inWords(screen, field),
    ...(under ? { under: { ...under, field: inWords(under.screen, under.field) } } : {}),
  });
}
