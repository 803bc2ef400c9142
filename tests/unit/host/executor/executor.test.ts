import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_LIMITS, type Executor } from '../../../../src/runtime/host/executor.ts';
import { inlineExecutor } from '../../../../src/runtime/host/executors/inline-executor.ts';
import { threadExecutor } from '../../../../src/runtime/host/executors/thread-executor.ts';
import { bundle, dailyInput } from '../../../helpers/strategy-project.ts';

const options = { limits: DEFAULT_LIMITS };
const ignore = (): void => {};
const SLOW = 'export default { onBar(i: number) { let x = 0; for (let k = 0; k < 3e7; k++) x += k % 7; return x; } };';
const UNSEEN = 'an object that cannot be shown';

function opened(make: () => Executor): Executor {
  const executor = make();
  onTestFinished(() => executor.close());
  return executor;
}

describe.each([inlineExecutor, threadExecutor])('%o', make => {
  test('describes, then runs', async () => {
    const executor = opened(make);
    const made = await bundle(
      "export default { name: 'double', feeds: ['a'], onBar: (i: number, c: number) => 2 * c };",
    );
    executor.prepare(DEFAULT_LIMITS);
    expect(await executor.describe(made, options)).toMatchObject({ name: 'double', feeds: ['a'] });
    const equities: number[][] = [];
    const summary = await executor.run(made, dailyInput(3), ({ equity }) => equities.push([...equity]), options);
    expect(summary).toMatchObject({ state: 'completed', steps: 3 });
    expect(equities).toEqual([[2, 4, 6]]);
  });

  test('computes indicators alone', async () => {
    const made = await bundle('export default { feeds: ["a"], indicator: (close: number) => 10 * close };');
    const [column] = await opened(make).indicators(made, dailyInput(3), options);
    expect({ ...column, values: [...(column?.values ?? [])] }).toEqual({
      name: 'own',
      feed: 'a',
      values: [10, 20, 30],
    });
  });

  test('leaves the input as it was, and can run it again', async () => {
    const executor = opened(make);
    const made = await bundle('let calls = 0; export default { onBar: () => ++calls };');
    const input = dailyInput(2);
    const finals = [];
    for (let run = 0; run < 2; run++) finals.push((await executor.run(made, input, ignore, options)).finalEquity);
    expect(finals).toEqual([2, 2]);
    expect([...(input.feeds[0]?.bars.close ?? [])]).toEqual([1, 2]);
  });

  test('an error of the strategy has the line of its TypeScript', async () => {
    const files = {
      'strategy.ts': "import { check } from './check.ts';\nexport default { onBar: (i: number) => check(i) };",
      'check.ts':
        '\ninterface Unused { a: 1 }\nexport function check(i: number): number {\n  if (i === 1) throw new RangeError("too far");\n  return i;\n}\n',
    };
    const made = await bundle(files);
    await expect(opened(make).run(made, dailyInput(3), ignore, options)).rejects.toMatchObject({
      code: 'GB_STRATEGY_THREW',
      message: 'RangeError: too far',
      where: {
        file: expect.stringMatching(/check\.ts$/),
        line: 4,
        column: 22,
        frame: expect.stringContaining('> 4 |   if (i === 1) throw new RangeError("too far");'),
      },
    });
  });

  test('an error while the files load, and one that is not an Error', async () => {
    const executor = opened(make);
    const loading = await bundle('const empty: number[] | undefined = undefined;\nempty!.length;\nexport default {};');
    await expect(executor.describe(loading, options)).rejects.toMatchObject({
      code: 'GB_STRATEGY_THREW',
      where: { line: 2 },
    });
    const text = await bundle("export default { onBar() { throw 'just text'; } };");
    await expect(executor.run(text, dailyInput(1), ignore, options)).rejects.toMatchObject({
      code: 'GB_STRATEGY_THREW',
      message: 'just text',
    });
  });

  test.each<[what: string, text: string, message: string]>([
    ['a stack that is no text', 'Object.assign(new Error("own"), { stack: { f() {} } })', 'Error: own'],
    ['a message that throws', 'Object.defineProperty(new Error(), "message", { get() { throw 1; } })', UNSEEN],
    ['no text at all', 'Object.create(null)', UNSEEN],
    ['a proxy that throws', 'new Proxy({}, { getPrototypeOf() { throw new Error("trap"); } })', UNSEEN],
    ['a message of millions of characters', 'new Error("y".repeat(5_000_000))', `Error: ${'y'.repeat(9_993)} ...`],
  ])('what is thrown has %s', async (_, text, message) => {
    const made = await bundle(`export default { onBar() { throw ${text}; } };`);
    await expect(opened(make).run(made, dailyInput(1), ignore, options)).rejects.toMatchObject({
      code: 'GB_STRATEGY_THREW',
      message,
    });
  });

  test('what a package may not have is undefined where it is reached, and the hint says so', async () => {
    const made = await bundle({
      'strategy.ts': "import { now } from 'slow'; export default { onBar: (i: number) => (i < 2 ? i : now()) };",
      'node_modules/slow/package.json': '{ "name": "slow", "main": "index.js" }',
      'node_modules/slow/index.js': 'exports.now = () =>\n  performance.now();',
    });
    const executor = opened(make);
    expect(await executor.run(made, dailyInput(2), ignore, options)).toMatchObject({ finalEquity: 1 });
    await expect(executor.run(made, dailyInput(3), ignore, options)).rejects.toMatchObject({
      code: 'GB_STRATEGY_THREW',
      message: "TypeError: Cannot read properties of undefined (reading 'now')",
      hint: expect.stringContaining('of an npm package'),
      where: { file: expect.stringMatching(/slow.index\.js$/), line: 2 },
    });
  });

  test('an error of gobool inside the bundle keeps its code and hint', async () => {
    const made = await bundle(
      'const name = ["to", "Locale", "String"].join(""); export default { onBar: () => new Date()[name]() };',
    );
    await expect(opened(make).run(made, dailyInput(1), ignore, options)).rejects.toMatchObject({
      code: 'GB_STRATEGY_FORBIDDEN',
      hint: expect.stringContaining('toISOString'),
      where: { line: 1 },
    });
  });

  test('a bundle of another ABI is refused', async () => {
    const made = await bundle('export default { abi: 999, onBar: () => 0 };');
    await expect(opened(make).describe(made, options)).rejects.toMatchObject({ code: 'GB_BUNDLE_ABI' });
  });

  test('an aborted signal starts nothing', async () => {
    const made = await bundle('export default { onBar: () => 0 };');
    const cancelled = { ...options, signal: AbortSignal.abort() };
    await expect(opened(make).run(made, dailyInput(1), ignore, cancelled)).rejects.toMatchObject({
      code: 'GB_RUN_CANCELLED',
    });
  });

  test('reports progress', async () => {
    const seen: [number, number][] = [];
    const onProgress = (step: number, steps: number) => void seen.push([step, steps]);
    await opened(make).run(await bundle(SLOW), dailyInput(5, 2), ignore, { ...options, onProgress });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(([step, steps]) => step >= 0 && step <= 5 && steps === 7)).toBe(true);
  });

  test('ends with what the callback for progress throws', async () => {
    const onProgress = () => {
      throw new RangeError('no terminal');
    };
    const running = opened(make).run(await bundle(SLOW), dailyInput(5), ignore, { ...options, onProgress });
    await expect(running).rejects.toThrow(new RangeError('no terminal'));
  });
});
