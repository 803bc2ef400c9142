/** What becomes of what fails, by the code of its error: as configured, or as usual. Pure. */
import type { ServiceSettings } from '../../common/settings.ts';

export type Policies = NonNullable<ServiceSettings['policies']>;
type Policy = Required<Policies[string]>;

const USUAL: Policy = { retryMs: [1_000, 5_000, 30_000], finally: 'person' };

const USUAL_OF: Policies = {
  // A process that ended at every try was most likely ended by its strategy.
  GB_SANDBOX_EXIT: { retryMs: [1_000, 5_000], finally: 'ignore' },
  // Nobody learns to read by waiting.
  GB_MESSAGE_INVALID: { retryMs: [], finally: 'person' },
};

/** Those that are not treated as all others. */
export const USUAL_CODES: readonly string[] = Object.keys(USUAL_OF);

export function policyOf(policies: Policies, code: string): Policy {
  const usual = { ...USUAL, ...USUAL_OF[code] };
  return { ...usual, ...(policies[code] ?? (code in USUAL_OF ? {} : policies['*'])) };
}
