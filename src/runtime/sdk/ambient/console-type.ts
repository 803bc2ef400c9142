/** What a strategy has of `console`, where neither Node's nor browsers' types are; beside them, both hold. */
declare global {
  interface Console {
    debug(...values: unknown[]): void;
    dir(...values: unknown[]): void;
    error(...values: unknown[]): void;
    info(...values: unknown[]): void;
    /** Prints to standard error; no result depends on it. */
    log(...values: unknown[]): void;
    table(...values: unknown[]): void;
    trace(...values: unknown[]): void;
    warn(...values: unknown[]): void;
  }
  var console: Console;
}

export {};
