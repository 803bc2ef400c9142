import type { Output } from './output/output.ts';

/** The world as a handler sees it. Nothing else of the process reaches a command. */
export interface CommandContext {
  readonly out: Output;
  /** Aborted by Ctrl-C or a request to terminate: stop, clean up, throw. */
  readonly signal: AbortSignal;
  readonly cwd: string;
  readonly env: Environment;
  /** Nearest folder at or above `cwd` with `gobool.config.ts`, else with `.gobool`, else `cwd`. */
  readonly projectDir: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;
