import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_LIMITS, type ExecuteOptions } from '../../../../src/runtime/host/executor.ts';
import { threadExecutor } from '../../../../src/runtime/host/executors/thread-executor.ts';
import { bundle, dailyInput } from '../../../helpers/strategy-project.ts';

async function failureOf(text: string, options: Partial<ExecuteOptions>, input = dailyInput(5)): Promise<unknown> {
  const executor = threadExecutor();
  onTestFinished(() => executor.close());
  const all = { limits: DEFAULT_LIMITS, ...options };
  return executor.run(await bundle(text), input, () => {}, all).catch(error => error);
}

const inBar2 = (body: string): string =>
  `const kept: unknown[] = []; export default { feeds: ['a', 'b'], onBar(i: number) { if (i === 2) { ${body} } return 0; } };`;

test('the watchdog names feed, bar and time of an endless loop', async () => {
  const limits = { ...DEFAULT_LIMITS, barTimeoutMs: 1_500 };
  expect(await failureOf(inBar2('for (;;);'), { limits })).toMatchObject({
    code: 'GB_STRATEGY_TIMEOUT',
    message: 'bar 2 of a, 2020-01-03T00:00:00.000Z did not end within 1.5 s.',
    where: { bar: { feed: 'a', index: 2, time: Date.UTC(2020, 0, 3), values: { close: 3 } } },
  });
});

test('with several feeds the step is a bar of the feed that closes then', async () => {
  const limits = { ...DEFAULT_LIMITS, barTimeoutMs: 1_500 };
  expect(await failureOf(inBar2('for (;;);'), { limits }, dailyInput(5, -1))).toMatchObject({
    where: { bar: { feed: 'a', index: 1, time: Date.UTC(2020, 0, 2) } },
  });
});

test('an endless loop at the top level of a file', async () => {
  const limits = { ...DEFAULT_LIMITS, barTimeoutMs: 150 };
  expect(await failureOf('for (;;); export default {};', { limits })).toMatchObject({
    code: 'GB_STRATEGY_TIMEOUT',
    message: 'the top level of its files did not end within 0.15 s.',
  });
});

test.each([
  ['untouched array buffers', 'for (;;) kept.push(new ArrayBuffer(1e8));'],
  ['filled typed arrays', 'for (;;) kept.push(new Float64Array(1e6).fill(1));'],
  ['objects', 'for (;;) kept.push({ i: kept.length });'],
  ['texts', 'for (let s = "x"; ; s += "y") kept.push((s + kept.length).repeat(9).split(""));'],
])('memory: %s', async (_name, body) => {
  const limits = { barTimeoutMs: 20_000, memoryMb: 128 };
  expect(await failureOf(inBar2(body), { limits })).toMatchObject({
    code: 'GB_STRATEGY_MEMORY',
    message: expect.stringContaining('128 MB'),
    where: { bar: { index: 2 } },
  });
});

test('shared input does not count as memory of the strategy', async () => {
  // The input alone takes 104 MB, the thread itself up to 48.
  const limits = { ...DEFAULT_LIMITS, memoryMb: 96 };
  expect(await failureOf('export default { onBar: () => 0 };', { limits }, dailyInput(2_000_000))).toMatchObject({
    state: 'completed',
  });
});

test('a signal ends an endless loop at once, and a run between bars', async () => {
  for (const text of [
    inBar2('for (;;);'),
    'export default { onBar() { for (let k = 0; k < 1e6; k++); return 0; } };',
  ]) {
    const signal = AbortSignal.timeout(300);
    expect(await failureOf(text, { signal }, dailyInput(100_000))).toMatchObject({ code: 'GB_RUN_CANCELLED' });
  }
});

test('what a strategy prints goes to standard error, and no thread keeps the process alive', async () => {
  const script = fileURLToPath(new URL('../../../fixtures/printing-strategy.ts', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect(stdout).toBe('data\n');
  expect(stderr.match(/from a thread \d+/g)).toHaveLength(3000);
  expect(stderr).toContain('from a failure 2999');
  expect(stderr).toContain('from inline 0');
});

test.each([
  ['a function', '(() => {}).constructor("return 1")()'],
  ['an asynchronous function', '(async () => {}).constructor("return 1")()'],
  ['a generator', '(function* () {}).constructor("return 1")()'],
])('no code from text by the constructor of %s', async (_, text) => {
  expect(await failureOf(`export default { onBar: () => ${text} };`, {})).toMatchObject({
    message: expect.stringContaining('may not make code from text'),
  });
});

test.each([
  ['Date', 'Object.getPrototypeOf(Date).now?.() ?? 0'],
  ["Date's prototype", 'Object.getPrototypeOf(Date.prototype).constructor.now()'],
  ['a cloned date', 'structuredClone(new Date()).constructor.now()'],
])('no clock of the machine behind %s', async (_, text) => {
  const result = await failureOf(`export default { onBar: () => ${text} };`, {});
  expect(result).toMatchObject({ state: 'completed' });
  expect((result as { finalEquity: number }).finalEquity).toBeLessThan(Date.UTC(2020, 1, 1));
});

test.each([
  ['a number', '(1234.5)[["to", "LocaleString"].join("")]()'],
  ['a list', 'String([[1234.5]].map(x => x[["to", "LocaleString"].join("")]()))'],
  ['a text', '"a"[["locale", "Compare"].join("")]("b")'],
])('no locale of the machine by a computed name of %s', async (_, text) => {
  expect(await failureOf(`export default { onBar: () => ${text} };`, {})).toMatchObject({
    code: 'GB_STRATEGY_FORBIDDEN',
    message: expect.stringContaining("depends on the machine's locale"),
  });
});

test('a cloned date is in UTC', async () => {
  const text = 'export default { onBar: () => structuredClone(new Date("2020-07-01T12:00Z")).getTimezoneOffset() };';
  const zone = process.env.TZ;
  process.env.TZ = 'Asia/Kolkata';
  onTestFinished(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  expect(await failureOf(text, {})).toMatchObject({ state: 'completed', finalEquity: 0 });
});
