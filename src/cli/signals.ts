/** Ctrl-C and requests to terminate: the first one asks the work to stop, the second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 130 or 143 once a signal came. */
  readonly exitCode: () => number | undefined;
  /** Called at the first signal. */
  onFirst: () => void;
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

const listeners = new Map<keyof typeof EXIT_CODES, () => void>();

export function listenForSignals(exit: (code: number) => never): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const interruption = { signal: controller.signal, exitCode: () => exitCode, onFirst: () => {} };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    listeners.set(name, () => {
      if (exitCode !== undefined) exit(exitCode);
      exitCode = EXIT_CODES[name];
      interruption.onFirst();
      controller.abort();
    });
  }
  listen();
  return interruption;
}

/**
 * Does what may never give a listener its turn, such as an endless loop of the user's: meanwhile a signal ends the
 * process at once. Listeners of a program that uses the library stay.
 */
export async function endedBySignals<T>(work: () => Promise<T>): Promise<T> {
  for (const [name, listener] of listeners) process.off(name, listener);
  try {
    return await work();
  } finally {
    listen();
  }
}

/** Each listener once, also where two works at once come to their end. */
function listen(): void {
  for (const [name, listener] of listeners) process.off(name, listener).on(name, listener);
}
