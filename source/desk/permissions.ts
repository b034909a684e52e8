import type { OperatorRank } from '../circulation/overrides.ts';

/** What a staff account can be, per library (DESK-02). */
export const ROLES = [
  'limited-operator',
  'operator',
  'manager',
  'user-administrator',
  'cataloguer',
  'network-administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** A role at a library; `*`: at every library. */
export type Grant = { readonly role: Role; readonly library: string };

const DESK_STAFF = ['limited-operator', 'operator', 'manager'] as const;
const EVERYBODY = ROLES;

/** What each permission needs (DESK-02): any one of these roles at the library of the desk. */
export const PERMISSIONS = {
  lend: DESK_STAFF,
  return: DESK_STAFF,
  renew: DESK_STAFF,
  'change-due': ['operator', 'manager'],
  'delete-loan': ['operator', 'manager'],
  'end-session': DESK_STAFF,
  'view-patrons': [...DESK_STAFF, 'user-administrator'],
  'view-items': EVERYBODY,
  'view-rules': EVERYBODY,
  override: DESK_STAFF,
  'add-patrons': ['operator', 'manager', 'user-administrator'],
  /** What a record says of a person (USR-04 to USR-08). */
  'edit-patrons': ['operator', 'manager', 'user-administrator'],
  'set-passwords': ['operator', 'manager', 'user-administrator'],
  'issue-clearances': ['operator', 'manager'],
  'import-patrons': ['user-administrator', 'network-administrator'],
  'add-items': ['operator', 'manager', 'cataloguer'],
  'scan-in': [...DESK_STAFF, 'cataloguer'],
  'work-order': [...DESK_STAFF, 'cataloguer'],
  'quick-add': DESK_STAFF,
  'edit-items': ['operator', 'manager', 'cataloguer'],
  'edit-item-notes': [...DESK_STAFF, 'cataloguer'],
  'import-catalogue': ['cataloguer', 'network-administrator'],
  'edit-patron-notes': ['operator', 'manager', 'user-administrator'],
  'block-patrons': ['operator', 'manager', 'user-administrator'],
  'print-receipts': DESK_STAFF,
  /** What a desk has recorded without the database (OFF-04): not student assistants. */
  'upload-offline': ['operator', 'manager'],
  'place-requests': DESK_STAFF,
  'work-shelves': DESK_STAFF,
  'reorder-queue': ['manager'],
  'view-lists': ['operator', 'manager', 'user-administrator', 'cataloguer', 'network-administrator'],
  'view-audit': ['manager', 'network-administrator'],
  /** What runs by itself has done (JOB-04). */
  'view-jobs': ['manager', 'user-administrator', 'network-administrator'],
  'load-network': ['network-administrator'],
  'purge-patrons': ['network-administrator'],
  'manage-staff': ['network-administrator'],
  'run-jobs': ['network-administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Permission = keyof typeof PERMISSIONS;

/** The roles that somebody holds at a library; without one: at any. */
export function rolesAt(grants: readonly Grant[], library: string | null): Role[] {
  const there = grants.filter((one) => library === null || one.library === '*' || one.library === library);
  return [...new Set(there.map((one) => one.role))];
}

/** What concerns the whole network: a role at one library is not enough. */
const NETWORK_WIDE: readonly Permission[] = ['load-network', 'purge-patrons', 'manage-staff', 'run-jobs'];

/** Whether these grants give a permission at a library (null: at any). */
export function isPermitted(grants: readonly Grant[], permission: Permission, library: string | null): boolean {
  const needed: readonly Role[] = PERMISSIONS[permission];
  const where = NETWORK_WIDE.includes(permission) ? '*' : library;
  return rolesAt(grants, where).some((role) => needed.includes(role));
}

/** What somebody is at a library when blocks are to be overridden (BLK-02, BLK-05). */
export function rankAt(grants: readonly Grant[], library: string): OperatorRank {
  const roles = rolesAt(grants, library);
  if (roles.includes('manager')) return 'manager';
  if (roles.includes('operator')) return 'operator';
  return roles.includes('limited-operator') ? 'limited' : 'none';
}
