/** One thing that backtests need. `warning`: works, but not for long. `blocker`: keeps gobool from working. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'blocker';
  /** What was found. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Runs a check; whatever it throws is a blocker with the check's remedy. */
export async function check(name: string, hint: string, look: () => string | Promise<string>): Promise<Check> {
  try {
    return { name, status: 'ok', message: await look() };
  } catch (error) {
    return { name, status: 'blocker', message: error instanceof Error ? error.message : String(error), hint };
  }
}
