/** One thing that the cluster needs of the machine. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE } from '../../../runtime/base/error-codes/index.ts';

/** `warning`: works, but not well. `blocker`: keeps the cluster, or a part of it, from working. */
export interface MachineCheck {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'blocker';
  /** What was found. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Without a status all is well. */
export type Finding = Pick<MachineCheck, 'message' | 'hint'> & { readonly status?: MachineCheck['status'] };

/** Looks; a coded error becomes a finding of the given status, with its remedy. */
export async function machineCheck(
  name: string,
  look: () => Finding | Promise<Finding>,
  failure: 'warning' | 'blocker' = 'blocker',
): Promise<MachineCheck> {
  try {
    return { name, status: 'ok', ...(await look()) };
  } catch (error) {
    if (!(error instanceof GoboolError)) throw error;
    return { name, status: failure, message: error.message, hint: error.hint ?? ERROR_CATALOGUE[error.code].hint };
  }
}
