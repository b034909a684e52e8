import type { Slip } from '../state.ts';

/** What a slip says of where an item goes. */
export const slipOf = (outcome: Slip): Slip => {
  const { next, destination, department, requester, requesterCard, heldUntil, workOrder } = outcome;
  return { next, destination, department, requester, requesterCard, heldUntil, workOrder };
};
