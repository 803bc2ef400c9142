const FIRST_MS = 100;
const LAST_MS = 2_000;

/** How long to wait after so many failures before this one: twice as long each time, spread by chance. */
export function backoffMs(failures: number): number {
  return Math.min(LAST_MS, FIRST_MS * 2 ** failures) * (0.75 + Math.random() / 4);
}
