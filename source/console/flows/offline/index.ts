export { goOffline } from './switch.ts';
export { nextBorrower, offlineCommand, offlineHandlers } from './handlers.ts';
export { scanOffline } from './record.ts';
export { watchBack } from './watch.ts';
