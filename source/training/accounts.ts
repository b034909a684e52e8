import type { Role } from '../desk/permissions.ts';

/** A throw-away account of the training copy: its password is its name. */
export type TrainingAccount = {
  readonly name: string;
  readonly displayName: string;
  readonly password: string;
  /** Held at every library. */
  readonly role: Role;
  /** Where reports go to (OFF-04). */
  readonly email: string;
};

const account = (name: string, displayName: string, role: Role): TrainingAccount => ({
  name,
  displayName,
  password: name,
  role,
  email: `${name}@example.org`,
});

/** The password of every patron of the training copy, at their own terminal: no secret either. */
export const MEMBER_PASSWORD = 'Abricot-7';

/** The accounts of the training copy and of every scene (spec 9), for showing on screen. */
export const ACCOUNTS: readonly TrainingAccount[] = [
  account('bib', 'Camille Bonnafous', 'operator'),
  account('moniteur', 'Noé Puech', 'limited-operator'),
  account('chef', 'Agnès Delrieu', 'manager'),
  account('admin', 'Karim Roques', 'network-administrator'),
];
