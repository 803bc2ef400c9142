/** The error catalogue: every code that a user can meet. `gobool explain <code>` prints an entry. */
import { CLUSTER_ERRORS } from './cluster.ts';
import { DATA_ERRORS } from './data.ts';
import type { ErrorEntry } from './entry.ts';
import { MACHINE_ERRORS } from './machine.ts';
import { SERVICE_ERRORS } from './services.ts';
import { STORE_ERRORS } from './store.ts';
import { STRATEGY_ERRORS } from './strategy.ts';
import { SWEEP_ERRORS } from './sweep.ts';
import { USAGE_ERRORS } from './usage.ts';

const CATALOGUE = {
  ...STRATEGY_ERRORS,
  ...SWEEP_ERRORS,
  ...DATA_ERRORS,
  ...USAGE_ERRORS,
  ...CLUSTER_ERRORS,
  ...SERVICE_ERRORS,
  ...STORE_ERRORS,
  ...MACHINE_ERRORS,
};

export type ErrorCode = keyof typeof CATALOGUE;

export const ERROR_CATALOGUE: Readonly<Record<ErrorCode, ErrorEntry>> = CATALOGUE;
