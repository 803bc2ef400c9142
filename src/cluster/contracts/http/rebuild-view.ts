/** `POST /v1/rebuild`: what was written again, or compared, by the service that decides and by the one that shows. */
import { type Static, Type } from 'typebox';

const Rebuilt = Type.Object({}, { additionalProperties: true });

export const RebuildView = Type.Object({ command: Rebuilt, join: Rebuilt });
export type RebuildView = Static<typeof RebuildView>;
