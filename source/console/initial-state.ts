import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import { rebind } from './rebinding.ts';
import type { State } from './state.ts';

type Beginning = {
  readonly stdout: { readonly columns: number; readonly rows: number };
  readonly language: Language;
  readonly keys: unknown;
  readonly wallClock: () => number;
};

/** The state of a console before its house is open: the sign-in form, empty. `keys`: somebody's own keys, as they wrote them. */
export function initialState({ stdout, language, keys, wallClock }: Beginning): State {
  return {
    language,
    keymap: rebind(keys).keymap,
    columns: stdout.columns || 80,
    rows: stdout.rows || 24,
    screen: 'sign-in',
    network: null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: wallClock(),
    staff: null,
    place: null,
    training: null,
    lesson: null,
    shownKeys: null,
    slowMotion: false,
    opening: true,
    field: { label: wordsIn(language).console.signIn.name, value: '', masked: false },
    focus: 'field',
    given: [],
    answer: null,
    places: [],
    matches: null,
    record: null,
    orphans: [],
    returns: [],
    returnsSelected: 0,
    prompt: null,
    promptHint: false,
    promptWhy: false,
    promptOffset: 0,
    overlay: null,
    form: null,
    browse: [],
    under: null,
    itemMatches: null,
    unknownItem: null,
    unknownCard: null,
    modes: { bookDrop: null, inHouse: false, slips: false },
    scannedIn: [],
    scannedInSelected: 0,
    columnChoices: {},
    silent: false,
    printerTrouble: false,
    paletteText: '',
    scansRead: 0,
    scansAnswered: 0,
    waiting: [],
    away: false,
    offline: null,
    toUpload: 0,
    working: false,
    clearsIn: null,
    blank: false,
  };
}
