/**
 * Names of the host that a strategy may not use, each with what to do instead. In a strategy they are undefined, so
 * that `typeof fetch` is a safe question. The language's own globals, and pure ones such as `URL`, are left as they
 * are.
 */
interface Group {
  /** What the names are, to complete "`fetch` is ...". */
  readonly what: string;
  readonly remedy: string;
  readonly names: string;
}

const GROUPS: readonly Group[] = [
  {
    what: 'a timer, and a strategy is synchronous',
    remedy: 'Count bars, or compare `time` with an earlier `time`.',
    names: 'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask',
  },
  {
    what: 'a clock of the machine',
    remedy: 'Use `time` or `new Date()`: both are the close of the current bar.',
    names: 'performance Performance PerformanceObserver Temporal',
  },
  {
    what: 'stamped with a clock of the machine',
    remedy: 'Use `time` or `new Date()`: both are the close of the current bar.',
    names:
      'Event CustomEvent MessageEvent CloseEvent AbortController AbortSignal File PerformanceEntry PerformanceMark ' +
      'PerformanceMeasure PerformanceResourceTiming PerformanceObserverEntryList',
  },
  {
    what: 'access to the network',
    remedy: 'Bring the data in as a feed: `gobool data import`.',
    names: 'fetch Request Response Headers FormData XMLHttpRequest WebSocket WebSocketStream EventSource',
  },
  {
    what: 'access to the machine',
    remedy: 'Use parameters (`params`, `--set name=value`) and feeds (`--data`).',
    names: 'process Buffer navigator Navigator localStorage sessionStorage __dirname __filename',
  },
  {
    what: 'an object of browsers',
    remedy: 'Use `globalThis`, or ask `typeof` first.',
    names: 'window self document',
  },
  {
    what: 'a way to other threads',
    remedy: 'Keep the work inside `onBar`; gobool runs strategies in parallel by itself.',
    names: 'Worker SharedWorker MessageChannel MessagePort BroadcastChannel Atomics SharedArrayBuffer',
  },
  {
    what: 'true randomness',
    remedy: 'Use Math.random(): it comes from `--seed`.',
    names: 'crypto Crypto CryptoKey SubtleCrypto Blob',
  },
  {
    what: "dependent on the machine's locale and time zone",
    remedy: 'Use toFixed(), toISOString() and the UTC methods of Date.',
    names: 'Intl',
  },
  {
    what: 'dependent on when memory is reclaimed',
    remedy: 'Use a Map or WeakMap.',
    names: 'WeakRef FinalizationRegistry',
  },
];

export const FORBIDDEN_NAMES: ReadonlyMap<string, Omit<Group, 'names'>> = new Map(
  GROUPS.flatMap(({ names, ...group }) => names.split(' ').map(name => [name, group] as const)),
);

/** Names that the run has its own versions of: the exports of `sdk/ambient.ts`. */
export const AMBIENT_NAMES = ['Date', 'Math', 'globalThis', 'global', 'Function', 'console'];

/** Methods whose text depends on the locale of the machine. */
export const LOCALE_METHODS: ReadonlySet<string> = new Set([
  ...['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'],
  ...['toLocaleUpperCase', 'toLocaleLowerCase', 'localeCompare'],
]);
