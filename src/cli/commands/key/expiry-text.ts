import { momentText } from '../../../runtime/report/format.ts';

const MINUTE_MS = 60_000;

/** `2026-12-22 17:45 UTC` */
export const expiryText = (expiresMs: number): string =>
  `${momentText(Math.floor(expiresMs / MINUTE_MS) * MINUTE_MS)} UTC`;
