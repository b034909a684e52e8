import { DatabaseAway } from '../../../desk/away.ts';
import type { PlaceChoice } from '../../../desk/sign-in.ts';
import type { OfflineFile, UploadProgress, UploadResult } from '../../../offline/index.ts';
import type { Runtime } from '../../runtime.ts';

/** How long a batch may take before the desk stops waiting for it: lending goes on (REL-03). */
const SILENCE_MS = 1500;

type Uploaded = Extract<UploadResult, { kind: 'uploaded' }>;

/** A file that has been read and is to be uploaded. */
export type FileRead = { readonly file: string; readonly digest: string; readonly content: OfflineFile };

/** Applies the lines of a file at a desk and says how far it is; undefined: it was refused or stopped, and that has been said. */
export async function runUpload(runtime: Runtime, read: FileRead, place: PlaceChoice): Promise<Uploaded | undefined> {
  const words = runtime.words().offline.upload;
  const { lines, bad } = read.content;
  const total = lines.length + bad.length;
  let done = 0;
  let isOver = false;
  const stop = new AbortController();
  let cancel: (() => void) | undefined;
  let silent: (error: DatabaseAway) => void = () => undefined;
  const silence = new Promise<never>((_, reject) => {
    silent = reject;
  });
  silence.catch(() => undefined);
  const restart = (): void => {
    cancel?.();
    cancel = runtime.after(SILENCE_MS, () => {
      stop.abort();
      silent(new DatabaseAway('silent', ''));
    });
  };
  const onProgress = (progress: UploadProgress): void => {
    // What was given up may still be answered: it has been said that it stopped.
    if (isOver) return;
    done = progress.done;
    restart();
    runtime.tell('information', words.progress(done, total));
  };
  runtime.tell('information', words.progress(0, total));
  restart();
  const upload = runtime.upload(
    { file: read.file, digest: read.digest, lines, bad, onProgress, signal: stop.signal },
    place,
  );
  upload.catch(() => undefined);
  try {
    const result = await Promise.race([upload, silence]);
    if (result.kind === 'uploaded') return result;
    runtime.refuse(result);
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error;
    runtime.store.set({ away: true });
    runtime.tell('refusal', words.stopped(done, total, runtime.words().refusal.awayBecause[error.reason]));
  } finally {
    isOver = true;
    cancel?.();
  }
  return undefined;
}
