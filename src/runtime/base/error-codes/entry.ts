/** One catalogue entry: what a code means, whatever the message of the single case says. */
export interface ErrorEntry {
  /** What happened, in one line. */
  readonly title: string;
  /** Why it is an error. */
  readonly why: string;
  /** What to do next; a command where there is one. */
  readonly hint: string;
  /** Exit code of the process: 1 machine, 2 usage, 3 strategy, 4 authentication, 5 cluster, 6 gate, 7 data. */
  readonly exitCode: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** Whether the same command can succeed later without a change. */
  readonly retryable: boolean;
}

/** Keeps the literal keys, so that codes are a closed type. */
export function entries<const T extends Readonly<Record<string, ErrorEntry>>>(table: T): T {
  return table;
}

const base = (exitCode: ErrorEntry['exitCode'], retryable: boolean) => (title: string, why: string, hint: string) => ({
  title,
  why,
  hint,
  exitCode,
  retryable,
});

/** Entry makers by kind: the exit code follows from whose fault it is. */
export const machine = base(1, true);
export const usage = base(2, false);
export const strategy = base(3, false);
export const cluster = base(5, true);
/** Of the cluster too, but trying again does not help. */
export const clusterLasting = base(5, false);
export const authentication = base(4, false);
export const gate = base(6, false);
export const data = base(7, false);
export const bug = base(1, false);
