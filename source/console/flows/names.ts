import { printable } from '../../language/printable.ts';

/** A patron's name as screens show it. */
export const nameOf = (patron: { lastName: string; firstName: string }): string =>
  printable(`${patron.lastName.toUpperCase()} ${patron.firstName}`.trim());
