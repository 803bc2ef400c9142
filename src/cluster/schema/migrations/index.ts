/** All steps of the database's schema, in their order. */
import { probes } from './001-probes.ts';
import { runs } from './002-runs.ts';
import { hospital } from './003-hospital.ts';
import { traces } from './004-traces.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [probes, runs, hospital, traces];
