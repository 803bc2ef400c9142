/** How large an artifact may be on its way up, and how long it may take: who is far away has a slow line. */

export const ARTIFACT_BYTES = 64 * 1_024 * 1_024;

const ANSWER_MS = 30_000;
const SLOWEST_BYTES_PER_MS = 100;

/** Of an upload of so many bytes, its answer included. */
export const uploadMs = (bytes: number): number => ANSWER_MS + Math.ceil(bytes / SLOWEST_BYTES_PER_MS);
