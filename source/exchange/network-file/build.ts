import type { Library, Network, PickupRow } from '../../circulation/network.ts';
import type { LibraryFile, NetworkFile } from './schema.ts';

/** PEN-08: as shipped, late returns and quitus stop loans and requests, manual blocks stop loans. */
const SHIPPED_BLOCK_TYPES: Network['blockTypes'] = [
  { code: 'LATE_RETURN', stops: ['loan', 'request'] },
  { code: 'QUITUS', stops: ['loan', 'request'] },
  { code: 'MANUAL', stops: ['loan'] },
];

/** CYC-01: the first cycle is that of libraries that name none. */
const FIRST_CYCLE = 1;

/** What a library takes from its network where it says nothing itself. */
export type LibraryDefaults = {
  readonly cycle: number;
  readonly penalties: NetworkFile['penalties'] | undefined;
};

type PenaltiesFile = NonNullable<LibraryFile['penalties']>;

function penaltiesOf(written: PenaltiesFile, network: LibraryDefaults['penalties']): NonNullable<Library['penalties']> {
  const { shortLoan, ...rest } = written;
  if (!shortLoan) return rest;
  const upToDays = shortLoan.upTo ?? network?.shortLoan.upTo ?? 7;
  return {
    ...rest,
    shortLoan: { upToDays, graceDays: shortLoan.graceDays ?? network?.shortLoan.graceDays ?? 1 },
  };
}

/** A pickup row with its locations as `LIBRARY/LOCATION`, and the owning library among any list (REQ-06). */
function pickupOf(row: LibraryFile['pickup'][number], library: string): PickupRow {
  const { location, at, ...rest } = row;
  const places = Array.isArray(at) ? [...new Set([library, ...at.filter((one) => one !== 'own')])] : at;
  const locations = location?.map((one) => (one.includes('/') ? one : `${library}/${one}`));
  return { ...rest, at: places, ...(locations ? { location: locations } : {}) };
}

/** A library as the rules read it, from what the file says. */
export function buildLibrary(file: LibraryFile, defaults: LibraryDefaults): Library {
  const { penalties, holdShelf, recall, transitAlert, ...same } = file;
  return {
    ...same,
    closures: file.closures.map((closure) => ({ ...closure, to: closure.to ?? closure.from })),
    notices: { ...file.notices, cycle: file.notices.cycle ?? defaults.cycle },
    holdShelf: { openDays: holdShelf.openDays, reminderAfterDays: holdShelf.reminderAfter },
    ...(recall ? { recall: { dueWithinDays: recall.dueWithin } } : {}),
    ...(transitAlert === undefined ? {} : { transitAlertDays: transitAlert }),
    pickup: file.pickup.map((row) => pickupOf(row, file.code)),
    deliveryDays: { default: 2, ...file.deliveryDays },
    ...(penalties ? { penalties: penaltiesOf(penalties, defaults.penalties) } : {}),
  };
}

type PreRegistrationFile = NonNullable<NetworkFile['network']['preRegistration']>;

const preRegistrationOf = ({ keep, ...same }: PreRegistrationFile): NonNullable<Network['preRegistration']> => ({
  ...same,
  keepMonths: keep,
});

type InstitutionFile = NonNullable<NetworkFile['institutions']>[number];

const institutionOf = ({ directory, ...same }: InstitutionFile): NonNullable<Network['institutions']>[number] => ({
  ...same,
  directory: { ...directory, timeout: directory.timeout * 1000 },
});

const kioskOf = ({ idle, ...same }: NonNullable<NetworkFile['kiosk']>): NonNullable<Network['kiosk']> => ({
  ...same,
  idleMinutes: idle,
});

/** The network as the rules read it, from a file that has been found valid. */
export function buildNetwork(file: NetworkFile): Network {
  const { network, penalties, libraries, blockTypes, kiosk, institutions, ...same } = file;
  const { anonymiseAfter, keepLetters, preRegistration, transitAlert, ...about } = network;
  const { shortLoan, ...delays } = penalties;
  const defaults: LibraryDefaults = { cycle: file.cycles[0]?.code ?? FIRST_CYCLE, penalties };
  return {
    ...about,
    anonymiseAfterMonths: anonymiseAfter,
    keepLettersDays: keepLetters,
    transitAlertDays: transitAlert,
    ...(preRegistration ? { preRegistration: preRegistrationOf(preRegistration) } : {}),
    ...(kiosk ? { kiosk: kioskOf(kiosk) } : {}),
    ...(institutions ? { institutions: institutions.map(institutionOf) } : {}),
    ...same,
    libraries: libraries.map((library) => buildLibrary(library, defaults)),
    penalties: {
      ...delays,
      shortLoan: { upToDays: shortLoan.upTo, graceDays: shortLoan.graceDays },
    },
    blockTypes: SHIPPED_BLOCK_TYPES.map((row) => blockTypes.find((one) => one.code === row.code) ?? row),
  };
}
