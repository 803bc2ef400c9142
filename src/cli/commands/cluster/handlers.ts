/** The code of `gobool cluster`, apart from all others: a second `up` answers faster than those would load. */
export { clusterDoctor } from './doctor.ts';
export { clusterDown } from './down.ts';
export { clusterLogs } from './logs.ts';
export { clusterLs } from './ls.ts';
export { clusterReset } from './reset.ts';
export { clusterRestart } from './restart.ts';
export { clusterStatus } from './status.ts';
export { clusterUp } from './up.ts';
