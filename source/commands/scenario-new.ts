import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Recorder, recordedScenario } from '../training/recording/index.ts';
import { print } from './context.ts';
import type { Context } from './context.ts';
import type { HouseForConsole } from './desk-window.ts';
import { onTerminal, showConsole } from './desk-window.ts';
import { misused, refused } from './failure.ts';
import type { Status } from './failure.ts';
import { openTrainingHouse } from './training-house.ts';

const MINUTE = 60_000;

/** A training copy whose clock stands, and whose console is recorded. */
async function openRecorded(context: Context, started: (recorder: Recorder) => void): Promise<HouseForConsole> {
  const { opened, house, network } = await openTrainingHouse(context);
  const { trainer, clock } = house;
  if (!trainer || !network) throw new Error('a training copy has a network and a trainer');
  // A scenario's clock stands still until a step moves it.
  await trainer.setClock(Math.floor(clock() / MINUTE) * MINUTE);
  const recorder = new Recorder({ perform: house.perform, clock, network });
  started(recorder);
  const after = (isDone: boolean, nights: boolean): boolean => {
    if (isDone) recorder.moved(clock(), nights);
    return isDone;
  };
  return {
    opened,
    house: {
      ...house,
      perform: recorder.perform,
      // Lessons have scenes of their own: they are not recorded.
      lessons: undefined,
      trainer: {
        ...trainer,
        setClock: async (to) => to !== 'real' && to >= clock() && after(await trainer.setClock(to), false),
        advance: async (to, onProgress) => after(await trainer.advance(to, onProgress), true),
        async runNight(onProgress) {
          const to = await trainer.runNight(onProgress);
          after(to !== null, true);
          return to;
        },
        // What has been recorded would not fit a copy that is made anew.
        resetScene: async () => null,
      },
    },
  };
}

/** Whether a file can be made in a folder: known before somebody records half an hour for nothing. */
function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * `guichet scenario new FILE`: the console on a training copy; what is done there is written to the file as a scenario, ready to be
 * edited, when the console is left. Never over another file.
 */
export async function run(context: Context): Promise<Status> {
  const { input, options, words } = context;
  const [file = ''] = input;
  if (options.text('desk') !== undefined && options.text('as') === undefined)
    throw misused(words.commands.usage.deskNeedsStaff);
  if (existsSync(file)) throw refused(words.commands.refusal.fileThere(file));
  if (!isWritable(path.dirname(path.resolve(file)))) throw refused(words.commands.refusal.notWritable(file));
  onTerminal(context);
  const recorders: Recorder[] = [];
  const status = await showConsole(context, 'training', async () =>
    openRecorded(context, (recorder) => recorders.push(recorder)),
  );
  const say = words.commands.scenario;
  const recorder = recorders.at(-1);
  if (!recorder || recorder.steps.length === 0) {
    print(context, say.nothingRecorded);
    return status;
  }
  const name = path.basename(file);
  const text = await recordedScenario(recorder, options.text('title') ?? name.replace(/\.ya?ml$/u, ''), name);
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const isThere = (error as { code?: unknown }).code === 'EEXIST';
    // What somebody has done is not lost for that.
    context.machine.stdout.write(text);
    throw refused(isThere ? words.commands.refusal.fileThere(file) : words.commands.refusal.notWritable(file));
  }
  print(context, say.recorded(file, recorder.steps.length));
  return status;
}
