/**
 * `POST /v1/rebuild`: what was written again, or compared, by the service that decides and by the one that shows. One
 * that takes long has blanks before it, and may be a problem of status 200.
 */
import { type Static, Type } from 'typebox';

const Rebuilt = Type.Object({}, { additionalProperties: true });

export const RebuildView = Type.Object({ command: Rebuilt, join: Rebuilt });
export type RebuildView = Static<typeof RebuildView>;

/** How long one may take. */
export const REBUILD_MS = 7_200_000;
