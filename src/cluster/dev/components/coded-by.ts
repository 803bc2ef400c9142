/** One code for all that can go wrong with a component, whichever library threw it. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import { orAborted } from '../../services/common/or-aborted.ts';

/**
 * Runs work that obeys `signal`; throws its errors under `code`, with the component's name in front. What trying again
 * would not mend keeps the code that says so.
 */
export const codedBy =
  (code: ErrorCode, name: string) =>
  async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    try {
      return await orAborted(work(), signal);
    } catch (error) {
      if (error instanceof GoboolError && (error.code === code || isLasting(error))) throw error;
      const problem = error instanceof Error ? error.message : String(error);
      const message = signal.aborted ? `${name} does not answer.` : `${name}: ${problem}`;
      const problems = error instanceof GoboolError ? error.problems : [];
      throw new GoboolError(code, message, { problems, cause: error });
    }
  };

const isLasting = ({ code }: GoboolError) => !ERROR_CATALOGUE[code].retryable;
