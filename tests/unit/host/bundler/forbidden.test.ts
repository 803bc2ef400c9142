import { describe, expect, test } from 'vitest';
import { bundle } from '../../../helpers/strategy-project.ts';

/** The text, then what the message must name, then the place as line:column. */
const FORBIDDEN: readonly [text: string, names: string, place: string][] = [
  ["import { readFileSync } from 'node:fs'; readFileSync('x');", 'node:fs', '1:1'],
  ["import { readFileSync } from 'fs'; readFileSync('x');", '`fs`', '1:1'],
  ["export * from 'path';", '`path`', '1:1'],
  ["\n  import x from 'https://example.org/x.js'; x();", 'https://example.org/x.js', '2:3'],
  ["import x from 'gobool/config'; x();", 'gobool/config', '1:1'],
  ["export const x = () => import('./other.ts');", 'dynamic import', '1:24'],
  ['const name = "./x"; import(name);', 'dynamic import', '1:21'],
  ['const name = "x"; require(name);', 'require', '1:19'],
  ['const r = require; r("fs");', 'require', '1:11'],
  ['setTimeout(() => {}, 1);', 'setTimeout', '1:1'],
  ['\n\n   queueMicrotask(() => {});', 'queueMicrotask', '3:4'],
  ['const t = performance.now();', 'performance', '1:11'],
  ['const t = new Event("x").timeStamp;', '`Event` is stamped', '1:15'],
  ['const t = new PerformanceMark("x").startTime;', '`PerformanceMark` is stamped', '1:15'],
  ['const t = new File([], "x").lastModified;', '`File` is stamped', '1:15'],
  ['new AbortController().signal.onabort = e => e.timeStamp;', '`AbortController` is stamped', '1:5'],
  ['const id = URL.createObjectURL(new Blob([]));', '`Blob` is true randomness', '1:36'],
  ['console.log(fetch);', 'fetch', '1:13'],
  ['new WebSocket("wss://x");', 'WebSocket', '1:5'],
  ['const env = process.env.HOME;', 'process', '1:13'],
  ['const { env } = process;', 'process', '1:17'],
  ['Buffer.from("x");', 'Buffer', '1:1'],
  ['window.x();', 'window', '1:1'],
  ['new Worker("x");', 'Worker', '1:5'],
  ['crypto.randomUUID();', 'crypto', '1:1'],
  ['new Intl.NumberFormat();', 'Intl', '1:5'],
  ['console.log(5..toLocaleString());', 'toLocaleString', '1:13'],
  ['["b", "a"].sort((a, b) => a.localeCompare(b));', 'localeCompare', '1:27'],
  ['new WeakRef({});', 'WeakRef', '1:5'],
  ['eval("1");', 'eval', '1:1'],
  ['new Function("return 1");', 'Function', '1:1'],
  ['console.log(import.meta.url);', 'import.meta', '1:13'],
  ['console.log(__dirname);', '__dirname', '1:13'],
  ['await 1;', 'await', '1:1'],
  ['for await (const x of []) console.log(x);', 'await', '1:1'],
  ['globalThis.counter = 1;', 'global `globalThis`', '1:1'],
  ['Math.max = () => 1;', 'global `Math`', '1:1'],
  ['Array.prototype.last = () => 1;', 'global `Array`', '1:1'],
  ['Math = 1;', 'global `Math`', '1:1'],
  ['[console.log] = [1];', 'global `console`', '1:1'],
  ['delete Object.prototype.toString;', 'global `Object`', '1:1'],
  ['for (Array.prototype.x of []) {}', 'global `Array`', '1:1'],
  ['if (typeof BigInt === "undefined") { JSON = 1; }', 'global `JSON`', '1:38'],
  ['if (typeof BigInt === "undefined"); else BigInt = 1;', 'global `BigInt`', '1:42'],
  ['JSON.count++;', 'global `JSON`', '1:1'],
  ['Object.assign(String.prototype, { x: 1 });', 'global `String`', '1:1'],
  ['Object.defineProperty(globalThis, "x", { value: 1 });', 'global `globalThis`', '1:1'],
];

const ALLOWED = [
  'const kind = typeof process;',
  'const env = typeof process !== "undefined" ? process.env : {};',
  'const hasFetch = typeof fetch === "function" && fetch.length > 0;',
  'if (typeof performance !== "undefined") { performance.now(); }',
  'if (typeof BigInt === "undefined") BigInt = Number;',
  'const setTimeout = (f: () => void) => f(); setTimeout(() => {});',
  'const x = { fetch: 1, process: 2 }; x.fetch = x.process;',
  'class A { fetch() { return this.process; } process = 1; } new A().fetch();',
  'function process() { return 1; } process();',
  'export function process() { return 1; }',
  'export const fetch = 1;',
  'const frame = 1; export { frame as window };',
  'const f = (performance: number) => performance + 1; f(1);',
  'label: for (const i of [1]) { if (i) continue label; }',
  'async function later() { await 1; } later();',
  'let global: Record<string, number> = {}; global.x = 1;',
  'const own = { ...Math, extra: 1 }; own.extra = 2;',
  'Object.assign({}, Array.prototype);',
  'console.log(new URL("https://example.org").host);',
  'const name = Array.isArray([1]) ? "a" : "b";',
  'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));',
];

/** In a package, whose user cannot change them, these are refused only where they run. */
const ALLOWED_IN_PACKAGES = [
  'export const wait = () => setTimeout(() => {}, 1);',
  'export const bytes = () => (crypto.getRandomValues ? crypto.getRandomValues(new Uint8Array(4)) : []);',
  'let c; try { c = require("crypto"); } catch {} module.exports = { c };',
  'export const isFile = x => x instanceof File;',
  'export const zone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;',
  '!function (root) { root.x; }(typeof globalThis !== "undefined" ? globalThis : root || self);',
];

const DEFAULT_EXPORT = '\nexport default { onBar: () => 0 };';

describe('refused when bundling', () => {
  test.each(FORBIDDEN)('%s', async (text, names, place) => {
    const files = { 'strategy.ts': text + DEFAULT_EXPORT, 'other.ts': 'export const x = 1;' };
    const error = await bundle(files).catch(error => error);
    expect(error).toMatchObject({ code: 'GB_STRATEGY_FORBIDDEN', where: { file: 'strategy.ts' } });
    expect(error.message).toContain(names);
    expect(`${error.where.line}:${error.where.column}`).toBe(place);
    expect(error.where.frame).toContain(`> ${error.where.line} | `);
    expect(error.problems).toHaveLength(1);
    expect(error.hint).toMatch(/\.$/);
  });

  test('all at once, also in local files and packages', async () => {
    const files = {
      'strategy.ts': `import './lib.ts';\nimport 'slow';\nfetch('x');${DEFAULT_EXPORT}`,
      'lib.ts': 'export const now: number = performance.now();',
      'node_modules/slow/package.json': '{ "name": "slow", "main": "index.js" }',
      'node_modules/slow/index.js': 'exports.text = function () {\n  return this.x.toLocaleString();\n};',
    };
    await expect(bundle(files)).rejects.toMatchObject({
      code: 'GB_STRATEGY_FORBIDDEN',
      problems: expect.arrayContaining([
        expect.stringMatching(/^lib\.ts:1:28: `performance` is a clock of the machine\. Use `time`/),
        expect.stringMatching(/^node_modules\/slow\/index\.js:2:10: `toLocaleString` depends on the locale/),
        expect.stringMatching(/^strategy\.ts:3:1: `fetch` is access to the network\. .*gobool data import/),
      ]),
    });
  });
});

test.each(ALLOWED)('allowed: %s', async text => {
  expect((await bundle(text + DEFAULT_EXPORT)).hash).toMatch(/^[0-9a-f]{64}$/);
});

test.each(ALLOWED_IN_PACKAGES)('allowed in a package: %s', async text => {
  const files = {
    'strategy.ts': `import * as it from 'it'; export default { onBar: () => (it ? 0 : 1) };`,
    'node_modules/it/package.json': '{ "name": "it", "main": "index.js" }',
    'node_modules/it/index.js': text,
  };
  expect((await bundle(files)).hash).toMatch(/^[0-9a-f]{64}$/);
});
