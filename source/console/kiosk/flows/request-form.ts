import { placeRequest, requestForm } from '../../../desk/requests-place.ts';
import type { RequestForm } from '../../../desk/requests-place.ts';
import type { RequestRefusal } from '../../../circulation/request-refusals.ts';
import { dayOf } from '../../../circulation/time.ts';
import type { Day } from '../../../circulation/time.ts';
import { readDay } from '../../day-input.ts';
import type { FormProblem } from '../../form.ts';
import { BACK } from '../ui.ts';
import type { Reader, Visit } from '../visit.ts';

/** A title, or one of its volumes or issues by its barcode. */
type Asked = { readonly title: number; readonly item?: string };

async function tellRefused(visit: Visit, title: string, refusals: readonly RequestRefusal[]): Promise<void> {
  const { requests: words, back } = visit.words();
  const lines = refusals.map(({ code }) => words.reason[code]);
  await visit.ui.text({ title: words.refusedTitle, said: [title], lines: [...new Set(lines)], back });
}

/** The volume or issue that is meant, chosen before the library where it is fetched (REQ-01, manual V.2.1 box 2). */
async function chooseVolume(visit: Visit, form: RequestForm): Promise<string | undefined> {
  const { requests: words, back, catalogue } = visit.words();
  const { volumes } = form;
  const chosen = await visit.ui.list({
    title: words.volumeTitle,
    said: [form.title, words.volumeSaid],
    back,
    empty: catalogue.noCopies,
    actions: [{ id: 'choose', key: '', label: words.choose }],
    enter: 'choose',
    read: async ({ offset, limit }) => ({
      total: volumes.length,
      entries: volumes.slice(offset, offset + limit).map((one) => ({
        id: one.barcode,
        lines: [one.description, [visit.library(one.library), one.callNumber].filter(Boolean).join(' · ')],
      })),
    }),
  });
  return chosen === BACK ? undefined : chosen.id;
}

/**
 * Places a request for the reader who has signed in: only libraries where it can be fetched are offered, and until when it is
 * of use may be said (KIO-04). True: it was placed.
 */
export async function requestTitle(visit: Visit, reader: Reader, asked: Asked): Promise<boolean> {
  const form = await visit.act(requestForm, { patron: reader.id, ...asked });
  const { catalogue } = visit.words();
  if (form.kind !== 'form') {
    visit.tell('warning', catalogue.unknownTitle);
    return false;
  }
  if (form.needsVolume) {
    const item = await chooseVolume(visit, form);
    return item === undefined ? false : requestTitle(visit, reader, { ...asked, item });
  }
  if (form.refusals.length > 0) {
    await tellRefused(visit, form.title, form.refusals);
    return false;
  }
  return fillIn(visit, reader, asked, form);
}

async function fillIn(visit: Visit, reader: Reader, asked: Asked, form: RequestForm): Promise<boolean> {
  const { requests: words, back } = visit.words();
  const today = (): Day => dayOf(visit.moment(), visit.greeting().timeZone);
  const dates = visit.dates();
  const meaning = (text: string): string | undefined => {
    const day = readDay(text, today());
    return text === '' || day === undefined ? undefined : dates.day(day);
  };
  const live = (text: string): string | undefined => {
    const day = readDay(text, today());
    if (day === undefined) return words.notADay;
    return day < today() ? words.past : undefined;
  };
  const placed = await visit.ui.form<'placed' | 'refused'>(
    {
      title: words.formTitle,
      said: [form.title],
      back,
      submit: words.submit,
      spec: {
        fields: [
          {
            kind: 'choice',
            name: 'pickup',
            label: words.pickupField,
            value: form.proposed ?? '',
            options: form.possible.map((code) => ({ value: code, label: visit.library(code) })),
            hint: words.pickupHint,
          },
          {
            kind: 'text',
            name: 'until',
            label: words.untilField,
            value: '',
            hint: words.untilHint,
            means: meaning,
            live,
          },
        ],
      },
    },
    async (values) => {
      const written = typeof values['until'] === 'string' ? values['until'] : '';
      const until = written === '' ? null : (readDay(written, today()) ?? null);
      const pickup = typeof values['pickup'] === 'string' ? values['pickup'] : '';
      const outcome = await visit.act(placeRequest, { patron: reader.id, ...asked, pickup, until });
      if (outcome.kind === 'placed') return { done: 'placed' };
      if (outcome.kind === 'refused') {
        await tellRefused(visit, form.title, outcome.reasons);
        return { done: 'refused' };
      }
      const problem: FormProblem = {
        field: 'until',
        text: outcome.kind === 'invalid' ? words.notADay : visit.words().notDone,
      };
      return { problem };
    },
  );
  if (placed !== 'placed') return false;
  await visit.ui.text({ title: words.placed(form.title), lines: words.placedSaid, back });
  return true;
}
