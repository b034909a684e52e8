import type { Directory } from '../../desk/member-sign-in.ts';
import type { Perform } from '../../desk/perform.ts';
import type { Language } from '../../language/index.ts';
import type { Lesson } from '../../training/lessons/contract.ts';
import type { Now, SetTimer } from '../keyboard/timers.ts';
import type { KioskState } from './state.ts';

/** What the kiosk needs of the house, as soon as it is open. */
export type KioskHouse = {
  readonly perform: Perform;
  readonly clock: () => number;
  /** The code of the library where it stands; null: none. */
  readonly library: string | null;
  /** What this terminal is called: wrong passwords are counted for each. */
  readonly terminal: string;
  readonly training: boolean;
  /** The password of everybody in a training copy, shown where one signs in; null: people have their own. */
  readonly trainingPassword?: string | null;
  /** Where members of institutions sign in (KIO-02); null: nowhere. */
  readonly directory: Directory | null;
  /** Seconds without a key after which a session ends (KIO-07); absent: as the network says. */
  readonly idleSeconds?: number | undefined;
  /** The lesson that is followed here, whose house this is: the terminal ends when it is left. Absent: none. */
  readonly lesson?: Lesson | undefined;
  /** There is a list of lessons, to which one goes back. */
  readonly fromList?: boolean;
};

export type KioskOptions = {
  readonly language: Language;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
  /** Opens the house; called again while it is away. Rejects with DatabaseAway, or with what ends the terminal. */
  readonly open: () => Promise<KioskHouse>;
  /** Writes an unexpected error to the log and says where that is. */
  readonly log: (error: unknown) => string;
  readonly now: Now;
  readonly setTimer: SetTimer;
  readonly wallClock: () => number;
  readonly screenReader?: boolean;
};

export type Kiosk = {
  /** Resolves when all input that has arrived is answered on the screen (tests never sleep). */
  idle(): Promise<void>;
  readonly state: () => KioskState;
  /** The exit status. Rejects where something is wrong that waiting does not mend. */
  readonly ended: Promise<number>;
  stop(status: number): void;
  fail(error: unknown): void;
};
