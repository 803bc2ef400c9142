/**
 * A task's error as a run tells it: the task's own events keep the whole, a run's message has room for so much. Pure.
 */
import type { ErrorOfRun } from './run.ts';

const JSON_BYTES_MAX = 32_000;
const MESSAGE_LENGTH = 2_000;

export function briefError(error: ErrorOfRun): ErrorOfRun {
  if (Buffer.byteLength(JSON.stringify(error)) <= JSON_BYTES_MAX) return error;
  const { code, message } = error;
  return { code, message: message.slice(0, MESSAGE_LENGTH).toWellFormed() };
}
