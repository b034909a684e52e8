import { applyLines } from '../../desk/offline-upload.ts';
import { asSeen } from '../lessons/seen.ts';
import type { Seen } from '../lessons/seen.ts';
import type { RecordedStep } from './write.ts';

/** A line of an offline file: as it stands there, and whom and what it names. */
type Line = { readonly number: number; readonly raw: string; readonly item?: string; readonly patron?: string | null };

type Upload = {
  readonly at: number;
  readonly lines: readonly Line[];
  readonly counts: Readonly<Record<string, number>>;
};

const COUNTED = { applied: 'completed', known: 'completed', failed: 'failed', duplicate: 'duplicates' } as const;

/** The uploads of offline files, each as one step, however many batches it took. */
export class Uploads {
  readonly #known = new Map<number, Upload>();

  /** Whom and what a request to apply lines names. */
  static named(request: Readonly<Record<string, unknown>>): readonly Line[] {
    return Array.isArray(request['lines']) ? (request['lines'] as readonly Line[]) : [];
  }

  /** The step of an upload, and its place among the steps (`next`: that of a new one); undefined: something else was seen. */
  step(seen: Seen, next: number): { readonly at: number; readonly step: RecordedStep } | undefined {
    const applied = asSeen(seen, applyLines);
    if (applied?.outcome.kind !== 'applied') return undefined;
    const { upload, lines, bad = [] } = applied.request;
    const before = this.#known.get(upload) ?? { at: next, lines: [], counts: { completed: 0, failed: 0 } };
    const counts = { ...before.counts };
    for (const { outcome } of applied.outcome.outcomes) {
      const name = COUNTED[outcome];
      counts[name] = (counts[name] ?? 0) + 1;
    }
    const all = [...before.lines, ...lines, ...bad].toSorted((one, other) => one.number - other.number);
    this.#known.set(upload, { at: before.at, lines: all, counts });
    const fields = { lines: all.map(({ raw }) => raw) };
    return { at: before.at, step: { name: 'offline-upload', fields, expect: counts } };
  }
}
