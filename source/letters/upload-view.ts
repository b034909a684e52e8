import type { UploadReportLetter } from '../circulation/letters.ts';
import type { Instant } from '../circulation/time.ts';
import { wordsIn } from '../language/index.ts';
import type { Language } from '../language/index.ts';
import { clean } from './layout.ts';
import type { View } from './letter-view.ts';

type Pen = {
  readonly language: Language;
  readonly day: (instant: Instant) => string;
  readonly hour: (instant: Instant) => string;
  readonly text: (text: string | null) => string | null;
};

/** What the report of an upload says beside its desk (OFF-04); the padding of a line is one space, as in its short form (OFF-02). */
export function uploadView(facts: UploadReportLetter, pen: Pen): View {
  const { failure, look } = wordsIn(pen.language).console.offline.upload;
  const { completed, failed, duplicates, toSee, lines, errors, attention } = facts;
  const moment = (instant: Instant): string => `${pen.day(instant)}, ${pen.hour(instant)}`;
  return {
    completed,
    failed,
    duplicates,
    toSee,
    lines,
    file: clean(facts.file),
    begun: moment(facts.startedAt),
    ended: moment(facts.endedAt),
    errors: errors.map(({ number, reason, raw }) => ({ number, reason: failure[reason], line: clean(raw ?? '') })),
    moreErrors: failed - errors.length,
    attention: attention.map(({ number, attention: what, raw, title, due }) => ({
      number,
      what: what.map((one) => look[one]).join(', '),
      line: clean(raw ?? ''),
      title: pen.text(title),
      due: due === null ? null : pen.day(due),
      dueHour: due === null ? null : pen.hour(due),
    })),
    moreToSee: toSee - attention.length,
  };
}
