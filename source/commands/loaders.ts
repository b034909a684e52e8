import type { CommandName } from '../language/command-words.ts';
import type { Run } from './context.ts';

/** The file that does each command, loaded when it is run: `guichet lend` never loads the console. */
export const LOADERS: Readonly<Record<CommandName, () => Promise<Run>>> = {
  console: async () => (await import('./console.ts')).run,
  demo: async () => (await import('./demo.ts')).run,
  lend: async () => (await import('./lend.ts')).run,
  return: async () => (await import('./return.ts')).run,
  renew: async () => (await import('./renew.ts')).run,
  show: async () => (await import('./show.ts')).run,
  rules: async () => (await import('./rules.ts')).run,
  'scenario run': async () => (await import('./scenario.ts')).run,
  'network load': async () => (await import('./network.ts')).load,
  'network check': async () => (await import('./network.ts')).check,
  'network show': async () => (await import('./network.ts')).show,
  'network diff': async () => (await import('./network.ts')).diff,
  'network schema': async () => (await import('./network-schema.ts')).run,
  'staff add': async () => (await import('./staff.ts')).add,
  'staff role': async () => (await import('./staff.ts')).role,
  'staff password': async () => (await import('./staff.ts')).password,
  'staff list': async () => (await import('./staff.ts')).list,
  'db migrate': async () => (await import('./db.ts')).migrate,
  'db status': async () => (await import('./db.ts')).status,
  'db check': async () => (await import('./db.ts')).check,
  'db sample': async () => (await import('./db.ts')).sample,
  'import catalogue': async () => (await import('./import.ts')).catalogue,
  'import patrons': async () => (await import('./import-patrons.ts')).patrons,
  export: async () => (await import('./export.ts')).run,
  doctor: async () => (await import('./doctor.ts')).run,
  bench: async () => (await import('./bench.ts')).run,
};
