/** The code of commands that only ask a cluster, apart from all others: those load faster without it. */
export { clusterRebuild } from './cluster/rebuild.ts';
export { hospitalLs } from './hospital/ls.ts';
export { hospitalDiscard, hospitalRetry } from './hospital/resolve.ts';
export { hospitalShow } from './hospital/show.ts';
export { keyCreate } from './key/create.ts';
export { keyLs } from './key/ls.ts';
export { keyRevoke } from './key/revoke.ts';
export { queueLs } from './queue/ls.ts';
export { queueMove } from './queue/move.ts';
export { runCancel } from './run/cancel.ts';
export { runRetry } from './run/retry.ts';
export { workerLs } from './worker/ls.ts';
