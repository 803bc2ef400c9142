/**
 * `globalThis` inside a strategy: the language's own objects only, which nobody can change. Packages may keep things of
 * their own on it, as zod does: it belongs to the bundle, so that is no more than a variable of one of its files.
 */
import { runConsole } from './console.ts';
import { RunDate } from './date.ts';
import { RunFunction } from './function.ts';
import { RunMath } from './math.ts';

const LANGUAGE = [
  ...[
    'Object',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'RegExp',
    'JSON',
    'Promise',
    'Proxy',
    'Reflect',
  ],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Iterator', 'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array'],
  ...['Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'],
  ...[
    'Float16Array',
    'Float32Array',
    'Float64Array',
    'Error',
    'AggregateError',
    'EvalError',
    'RangeError',
    'ReferenceError',
  ],
  ...[
    'SyntaxError',
    'TypeError',
    'URIError',
    'Infinity',
    'NaN',
    'undefined',
    'isFinite',
    'isNaN',
    'parseFloat',
    'parseInt',
  ],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent'],
];

const host = globalThis as unknown as Record<string, unknown>;
const own: Record<string, unknown> = Object.fromEntries(LANGUAGE.map(name => [name, host[name]]));

/** Its own `globalThis`. */
export const runGlobal: Readonly<Record<string, unknown>> = Object.assign(own, {
  Date: RunDate,
  Math: RunMath,
  Function: RunFunction,
  console: runConsole,
  globalThis: own,
  global: own,
});
for (const name of Object.keys(own)) Object.defineProperty(own, name, { writable: false, configurable: false });
