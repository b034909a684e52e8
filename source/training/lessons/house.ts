import { openHouse } from '../../desk/house.ts';
import type { House } from '../../desk/house.ts';
import type { Job } from '../../jobs/index.ts';
import type { ScenarioError } from '../scenario/problems.ts';
import type { ScenarioReading } from '../scenario/read.ts';
import { setScene } from '../scenario/scene.ts';
import type { Stage } from '../scenario/stage.ts';

type Readable = Extract<ScenarioReading, { scenario: object }>;

/** A scene in a house of its own. */
export type LessonHouse = { readonly house: House; readonly stage: Stage };

export type SceneSource = {
  readonly reading: Readable;
  /** The folder of the file: what it names is looked for there. */
  readonly directory: string;
  /** The jobs that nights run; absent: those of this version. */
  readonly jobs?: readonly Job[] | undefined;
  /** A fresh, migrated, empty house; absent: one in memory. */
  readonly makeHouse?: (() => Promise<House>) | undefined;
};

async function inMemory(): Promise<House> {
  const house = openHouse('sqlite::memory:');
  await house.migrate();
  return house;
}

/** Sets the scene of a file in a new house, which the caller closes; or says what is wrong with it. */
export async function newScene({
  reading,
  directory,
  jobs,
  makeHouse = inMemory,
}: SceneSource): Promise<LessonHouse | { readonly errors: readonly ScenarioError[] }> {
  const house = await makeHouse();
  try {
    const setting = await setScene(reading, { directory, house, ...(jobs ? { jobs } : {}) });
    if (!('errors' in setting)) return { house, stage: setting.stage };
    await house.close();
    return setting;
  } catch (error) {
    await house.close();
    throw error;
  }
}
