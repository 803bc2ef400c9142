/**
 * `console` inside a strategy: a debugging aid that writes to standard error, so that standard output stays data.
 * What does not print a value (timers, counters, groups) does nothing.
 */
const PRINTING = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'];
const SILENT = [
  'assert',
  'clear',
  'count',
  'countReset',
  'group',
  'groupCollapsed',
  'groupEnd',
  'time',
  'timeEnd',
  'timeLog',
];

const { error: print } = globalThis.console;
const ignore = (): void => {};

export const runConsole: Readonly<Record<string, (...values: unknown[]) => void>> = Object.freeze(
  Object.fromEntries([...PRINTING.map(name => [name, print]), ...SILENT.map(name => [name, ignore])]),
);
