/** Ctrl-C and requests to terminate: the first one asks the work to stop, the second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** 130 or 143 once a signal came. */
  readonly exitCode: () => number | undefined;
  /** Called at the first signal. */
  onFirst: () => void;
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export function listenForSignals(exit: (code: number) => never): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const interruption = { signal: controller.signal, exitCode: () => exitCode, onFirst: () => {} };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (exitCode !== undefined) exit(exitCode);
      exitCode = EXIT_CODES[name];
      interruption.onFirst();
      controller.abort();
    });
  }
  return interruption;
}
