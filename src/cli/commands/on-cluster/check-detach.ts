import { refuseOptions } from '../../options/refuse-options.ts';

interface Detaching {
  readonly cluster: boolean;
  readonly detach: boolean;
}

/** `needResult`: options that have nothing to work on without the result. Throws `GB_USAGE`. */
export function checkDetach({ cluster, detach }: Detaching, needResult: Readonly<Record<string, unknown>>): void {
  if (!detach) return;
  if (!cluster) refuseOptions({ detach }, 'leaves a run on a cluster, so it needs --cluster');
  refuseOptions(needResult, 'needs the result, for which --detach does not wait');
}
