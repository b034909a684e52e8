/** One thing looked at: it works, is worth knowing, or is to be mended (the text says how). */
export type Finding = { readonly state: 'ok' | 'note' | 'wrong'; readonly text: string };

export const ok = (text: string): Finding => ({ state: 'ok', text });
export const note = (text: string): Finding => ({ state: 'note', text });
export const wrong = (text: string): Finding => ({ state: 'wrong', text });
