/** The rules of the house, as tests: layers, sizes, bans, leftovers. Each failure names the file and the rule. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { APT_LINE } from '../scripts/system-packages.ts';
import { ERROR_CATALOGUE } from '../src/runtime/base/error-codes/index.ts';
import {
  functionLengths,
  importsOf,
  percentile,
  type SourceFile,
  type SyntaxNode,
  sourceFiles,
  visitNodes,
} from './helpers/sources.ts';

const ALL = sourceFiles();
const inFolder = (...folders: string[]) =>
  ALL.filter(({ path }) => /\.(tsx?|js)$/.test(path) && folders.some(folder => path.startsWith(folder)));
const SRC = inFolder('src/');
const RUNTIME = inFolder('src/runtime/');
const CLUSTER = inFolder('src/cluster/');
const PURE = RUNTIME.filter(({ path }) => !path.startsWith('src/runtime/host/'));

/** Offences against a rule, `path: what` each. */
const offences = (files: readonly SourceFile[], find: (file: SourceFile) => readonly string[]) =>
  files.flatMap(file => find(file).map(what => `${file.path}: ${what}`));

function linesWith(
  file: SourceFile,
  matches: (node: SyntaxNode, parent: SyntaxNode | null) => boolean,
): readonly string[] {
  const lines: string[] = [];
  visitNodes(file, (node, parent) => {
    if (matches(node, parent)) lines.push(`line ${node.loc.start.line}`);
  });
  return lines;
}

describe('layers', () => {
  /** A folder may import the ones after it. */
  const ORDER = ['host', 'report', 'bundle', 'sweep', 'metrics', 'engine', 'sdk', 'indicators', 'market', 'base'];
  const layerOf = (path: string) => path.split('/')[2] ?? '';
  const isLocal = (target: string) => target.startsWith('src/');

  test('inside the runtime imports point down', () => {
    const upward = (file: SourceFile) =>
      importsOf(file).filter(target => {
        const [from, to] = [file.path, target].map(path => ORDER.indexOf(layerOf(path)));
        return target.startsWith('src/runtime/') && from !== undefined && to !== undefined && to < from;
      });
    expect(
      offences(
        RUNTIME.filter(({ path }) => path !== 'src/runtime/index.ts'),
        upward,
      ),
    ).toEqual([]);
  });

  test('every folder of the runtime is a known layer', () => {
    const folders = RUNTIME.map(({ path }) => layerOf(path)).filter(name => name !== 'index.ts');
    expect([...new Set(folders)].filter(name => !ORDER.includes(name))).toEqual([]);
  });

  test('the public index imports no host, so that a strategy bundle stays pure', () => {
    const index = RUNTIME.filter(({ path }) => path === 'src/runtime/index.ts');
    expect(index).toHaveLength(1);
    expect(offences(index, file => importsOf(file).filter(target => target.includes('/host/')))).toEqual([]);
  });

  test('the runtime does not know the CLI', () => {
    const isAbove = (target: string) => isLocal(target) && !target.startsWith('src/runtime/');
    expect(offences(RUNTIME, file => importsOf(file).filter(isAbove))).toEqual([]);
  });

  test('the cluster knows itself and the runtime, not the CLI', () => {
    const isAbove = (target: string) => isLocal(target) && !/^src\/(cluster|runtime)\//.test(target);
    expect(offences(CLUSTER, file => importsOf(file).filter(isAbove))).toEqual([]);
  });

  test('inside the cluster adapters know ports, ports know nothing, only dev and the programs of services know adapters', () => {
    const ALLOWED: Record<string, readonly string[]> = {
      contracts: ['contracts'],
      ports: ['ports'],
      schema: ['schema'],
      adapters: ['adapters', 'ports', 'schema'],
      sandbox: ['sandbox', 'contracts'],
      services: ['services', 'contracts', 'ports', 'schema', 'sandbox'],
      dev: ['dev', 'services', 'adapters', 'ports', 'schema', 'contracts'],
      client: ['client', 'contracts'],
      chaos: ['chaos', 'client', 'dev', 'services', 'adapters', 'ports', 'schema', 'contracts'],
    };
    const folderOf = (path: string) => path.split('/')[2] ?? '';
    /** Of a service, the only one that knows which engines its ports stand for. */
    const isProgram = (path: string) => /^src\/cluster\/services\/\w+\/main\.ts$/.test(path);
    const strays = (file: SourceFile) =>
      importsOf(file)
        .filter(target => target.startsWith('src/cluster/'))
        .filter(target => !(isProgram(file.path) && folderOf(target) === 'adapters'))
        .filter(target => !ALLOWED[folderOf(file.path)]?.includes(folderOf(target)));
    expect(CLUSTER.filter(({ path }) => !(folderOf(path) in ALLOWED)).map(({ path }) => path)).toEqual([]);
    expect(offences(CLUSTER, strays)).toEqual([]);
  });

  test('services do not know each other', () => {
    const serviceOf = (path: string) => /^src\/cluster\/services\/(\w+)\//.exec(path)?.[1] ?? '';
    const strangers = (file: SourceFile) =>
      importsOf(file).filter(target => !['', 'common', serviceOf(file.path)].includes(serviceOf(target)));
    expect(offences(inFolder('src/cluster/services/'), strangers)).toEqual([]);
  });

  test("the engines' clients are known to adapters and the local cluster", () => {
    const CLIENTS = /^(kafkajs|etcd3|pg|mongodb)$/;
    const others = SRC.filter(({ path }) => !/^src\/cluster\/(adapters|dev)\//.test(path));
    expect(offences(others, file => importsOf(file).filter(target => CLIENTS.test(target)))).toEqual([]);
  });

  test('Ink and React are known to the live view', () => {
    const others = SRC.filter(({ path }) => !path.startsWith('src/cli/view/'));
    expect(offences(others, file => importsOf(file).filter(target => /^(ink|react)(\/|$)/.test(target)))).toEqual([]);
  });

  test('only the host uses Node and packages', () => {
    expect(offences(PURE, file => importsOf(file).filter(target => !isLocal(target)))).toEqual([]);
  });

  test('of zod only the small build is used: the whole one would be read by every command', () => {
    expect(offences(SRC, file => importsOf(file).filter(target => /^zod(?!\/mini$)/.test(target)))).toEqual([]);
  });

  test('commander is known to one file', () => {
    const users = ALL.filter(({ path }) => /\.tsx?$/.test(path)).filter(file => importsOf(file).includes('commander'));
    expect(users.map(({ path }) => path)).toEqual(['src/cli/command-line.ts']);
  });

  test('examples import only gobool and each other', () => {
    const isForeign = (target: string) => target !== 'gobool' && !target.startsWith('examples/');
    expect(offences(inFolder('examples/'), file => importsOf(file).filter(isForeign))).toEqual([]);
  });

  test('exports have names', () => {
    expect(offences(SRC, file => linesWith(file, ({ type }) => type === 'ExportDefaultDeclaration'))).toEqual([]);
  });
});

describe('sizes', () => {
  const linesOf = ({ text }: SourceFile) => text.trimEnd().split('\n').length;

  test('no file has more than 400 lines', () => {
    const long = (file: SourceFile) => (linesOf(file) > 400 ? [`${linesOf(file)} lines`] : []);
    expect(offences(inFolder('src/', 'bin/', 'scripts/', 'bench/', 'tests/', 'examples/'), long)).toEqual([]);
  });

  test('the median file of src has at most 80 lines, the 90th percentile at most 250', () => {
    const lengths = SRC.map(linesOf);
    expect(percentile(lengths, 0.5)).toBeLessThanOrEqual(80);
    expect(percentile(lengths, 0.9)).toBeLessThanOrEqual(250);
  });

  test('no function of src has more than 70 lines, the 90th percentile at most 25', () => {
    const functions = SRC.flatMap(functionLengths);
    expect(functions.filter(({ lines }) => lines > 70)).toEqual([]);
    expect(
      percentile(
        functions.map(({ lines }) => lines),
        0.9,
      ),
    ).toBeLessThanOrEqual(25);
  });

  test('no line of code or of its comments is longer than 120 columns', () => {
    const isWide = (line: string) => line.length > 120;
    const wide = ({ text }: SourceFile) =>
      text.split('\n').flatMap((line, i) => (isWide(line) ? [`line ${i + 1}`] : []));
    expect(offences(inFolder('src/', 'bin/', 'scripts/', 'bench/', 'examples/'), wide)).toEqual([]);
  });
});

describe('bans in the pure runtime', () => {
  const IMPURE = new Set(
    'Date Intl performance process console fetch setTimeout setInterval setImmediate queueMicrotask require eval'.split(
      ' ',
    ),
  );
  /** Their last bit differs between versions of V8. */
  const INEXACT = new Set(
    'pow exp expm1 log log2 log10 log1p sin cos tan asin acos atan atan2 sinh cosh tanh cbrt hypot'.split(' '),
  );

  const isNamed = (node: SyntaxNode, parent: SyntaxNode | null) =>
    node.type === 'Identifier' && !(parent?.property === node && !parent.computed) && parent?.key !== node;

  const usesMath = (node: SyntaxNode, names: ReadonlySet<string>) =>
    node.type === 'MemberExpression' && node.object?.name === 'Math' && names.has(node.property?.name ?? '');

  test('no clock, randomness, locale, I/O: they are arguments', () => {
    /** The globals that a strategy gets in place of the host's are made from the host's. */
    const files = PURE.filter(({ path }) => !path.startsWith('src/runtime/sdk/ambient'));
    const isImpure = (node: SyntaxNode, parent: SyntaxNode | null) =>
      (isNamed(node, parent) && IMPURE.has(node.name ?? '')) || usesMath(node, new Set(['random']));
    expect(offences(files, file => linesWith(file, isImpure))).toEqual([]);
  });

  test('no function whose last bit varies, but where a result hash does not depend on it', () => {
    const EXCEPTIONS = [
      'src/runtime/metrics/cagr.ts',
      'src/runtime/metrics/dialects/backtesting-py-statistics.ts',
      'src/runtime/metrics/dialects/lean-statistics.ts',
      'src/runtime/report/axis.ts',
    ];
    const isInexact = (node: SyntaxNode) => usesMath(node, INEXACT) || /^\*\*=?$/.test(node.operator ?? '');
    const users = PURE.filter(file => linesWith(file, isInexact).length > 0).map(({ path }) => path);
    expect(users.sort()).toEqual(EXCEPTIONS);
  });
});

describe('leftovers', () => {
  const others = ALL.filter(({ path }) => path !== 'tests/tidy.test.ts');

  test('nothing is left to do', () => {
    const mark = /\b(TODO|FIXME|XXX|HACK)\b|not implemented/;
    expect(offences(others, ({ text }) => mark.exec(text)?.slice(0, 1) ?? [])).toEqual([]);
  });

  test('no test is skipped or alone', () => {
    const mark = /\b(?:test|it|describe)[\w.]*\.(?:skip|only|todo|fails|skipIf|runIf)\b/;
    expect(offences(others, ({ text }) => mark.exec(text)?.slice(0, 1) ?? [])).toEqual([]);
  });

  test('no path of a machine', () => {
    const root = resolve('.');
    const paths = [`${root}/`, `${homedir()}/`, '/Users/', 'C:\\Users\\'];
    expect(offences(others, ({ text }) => paths.filter(path => text.includes(path)))).toEqual([]);
  });

  test('README.md lists the system packages of the tests', () => {
    expect(ALL.find(({ path }) => path === 'README.md')?.text).toContain(APT_LINE);
  });

  test('every error code is met by a test', () => {
    const tests = inFolder('tests/')
      .map(({ text }) => text)
      .join('\n');
    expect(Object.keys(ERROR_CATALOGUE).filter(code => !tests.includes(code))).toEqual([]);
  });
});
