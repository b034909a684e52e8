import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap of this process near to what is in use: a console stands open all day, often many on one machine, and every
 * frame that is drawn leaves garbage behind, for which V8 would rather grow to 250 MB than collect it (PERF-10). What is
 * in use are 20 MB; collecting more often costs a scan some tenths of a millisecond.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
