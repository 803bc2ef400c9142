import { GoboolError } from '../../../runtime/base/error.ts';

/** A dataset that was listed a moment ago and is gone. */
export function missingDataset(name: string): GoboolError {
  return new GoboolError('GB_DATA_MISSING', `The dataset ${name} has just been removed.`);
}
