import { handsIn, inLesson, lessonTexts, PACE } from './hands.ts';
import type { Hands, LessonTexts } from './hands.ts';
import { outage } from './outage.ts';
import type { Move, Recording } from './play.ts';

/** What is shown when a lesson opens, and what it asks first. */
const begin = ({ press }: Hands, { situation, say }: LessonTexts): readonly Move[] => [
  { see: situation, after: 0 },
  press('lesson-next', say(1), { after: PACE.read }),
];

/** What a step meant has been read: on to the next one. */
const goOn = ({ press }: Hands, { say }: LessonTexts, step: number): Move =>
  press('lesson-next', say(step), { after: PACE.read });

/** A recording of a lesson: the scene and the texts are its file's. */
function ofLesson(
  name: string,
  title: Recording['title'],
  file: string,
  moves: (hands: Hands, lesson: LessonTexts) => readonly Move[],
): Recording {
  return {
    name,
    title,
    args: inLesson(file),
    moves: async (language) => moves(handsIn(language), await lessonTexts(file, language)),
  };
}

const lend = ofLesson('lend', { fr: 'Prêter', en: 'Lend' }, 'first-loan.yaml', (hands, lesson) => [
  ...begin(hands, lesson),
  hands.card('9921000000164', lesson.meant(1)),
  goOn(hands, lesson, 2),
  ...hands.scan('37000034179', lesson.meant(2)),
  goOn(hands, lesson, 3),
  ...hands.scan('37000034180', lesson.meant(3), { pictured: true }),
  goOn(hands, lesson, 4),
  hands.press('done', lesson.meant(4)),
]);

const override = ofLesson(
  'override',
  { fr: 'Outrepasser un blocage', en: 'Override a block' },
  'excluded-item-lent.yaml',
  (hands, lesson) => [
    ...begin(hands, lesson),
    hands.card('9921000000164', 'MARTIN Ana'),
    ...hands.scan('37000034179', lesson.say(2), { pictured: true }),
    hands.press('answer-override', lesson.meant(2), { after: PACE.read }),
    goOn(hands, lesson, 3),
    hands.press('change-due', hands.words.dueDate.hint),
    { send: '03/06', see: hands.words.dueDate.typed('03/06'), after: PACE.key },
    { send: '\r', see: lesson.meant(3), after: PACE.key },
  ],
);

const transit = ofLesson(
  'transit',
  { fr: "Rendre le livre d'une autre bibliothèque", en: 'Return to another library' },
  'first-return.yaml',
  (hands, lesson) => [
    ...begin(hands, lesson),
    hands.press('returns', hands.words.returning.field),
    ...hands.scan('37000034179', lesson.meant(1)),
    goOn(hands, lesson, 2),
    ...hands.scan('37000034180', lesson.meant(2), { pictured: true }),
    goOn(hands, lesson, 3),
    ...hands.scan('37000034181', lesson.meant(3)),
  ],
);

const holdShelf = ofLesson(
  'hold-shelf',
  { fr: "L'étagère des réservations", en: 'The hold shelf' },
  'lend-what-was-requested.yaml',
  (hands, lesson) => [
    ...begin(hands, lesson),
    hands.press('scan-in', hands.words.scanIn.asDesk('')),
    ...hands.scan('37000034179', lesson.meant(1), { pictured: true }),
    goOn(hands, lesson, 2),
    // Two days later she comes.
    goOn(hands, lesson, 3),
    hands.press('hold-shelf', hands.words.shelves.activeHint, { after: PACE.read }),
    hands.press('patron-services', hands.words.identify.title, { after: PACE.read }),
    hands.card('9921000000164', 'MARTIN Ana'),
    ...hands.scan('37000034179', lesson.meant(3)),
  ],
);

/** What is recorded. */
export const RECORDINGS: readonly Recording[] = [lend, override, transit, holdShelf, outage];
