/** Names of the hospital: one case for whatever fell ill, one fingerprint for whatever has the same cause. Pure. */
import { createHash } from 'node:crypto';
import type { Patient } from './case.ts';

const hashOf = (parts: readonly string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** `subject`: of a message its first place, whichever services could not use it; a task's or a delivery's id. */
export const caseIdOf = (kind: Patient['kind'], ...subject: readonly string[]): string =>
  `c-${hashOf([kind, ...subject]).slice(0, 24)}`;

export const fingerprintOf = (kind: Patient['kind'], type: string | null, code: string): string =>
  hashOf([kind, type ?? '', code]).slice(0, 12);
