/**
 * A strategy file becomes a bundle: one ESM text with strategy, SDK, engine and metrics, named by its SHA-256. The text
 * depends on the sources, the packages and this gobool alone: from any folder it has the same hash.
 * Limitation: a package manager that puts packages under other paths (pnpm) gives another hash for CommonJS packages,
 * because esbuild names such modules by path.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import { isOfPackage, readSourceMap } from '../code-frame.ts';
import { OWN_RUNTIME, type OwnRuntime } from '../own-files.ts';
import { cachedBundle } from './bundle-cache.ts';
import { compileProblems, isBuildFailure } from './compile-error.ts';
import { buildFolder, type CompiledStrategy, compileStrategy } from './compile-strategy.ts';
import type { Finding } from './find-forbidden.ts';
import { linkBundle } from './link-bundle.ts';
import { type Problem, problemsError } from './problems.ts';
import { runtimeText } from './runtime-text.ts';

/** What an executor runs. */
export interface Bundle {
  readonly code: string;
  /** Source map of `code`, with the text of the sources. */
  readonly map: string;
  /** SHA-256 of `code`, lower-case hex. */
  readonly hash: string;
}

export interface StrategyBundle extends Bundle {
  /** Absolute paths of the user's files and packages that went in. */
  readonly inputs: readonly string[];
}

export interface BundleOptions {
  /** What `file` and the paths in messages are relative to; by default the working directory. */
  readonly cwd?: string;
  /** The SDK and engine to link with; by default the running gobool's own. */
  readonly runtime?: OwnRuntime;
  /** Keeps bundles of unchanged strategies; without it nothing is kept. */
  readonly cacheFolder?: string;
}

/**
 * Throws GB_STRATEGY_MISSING, GB_STRATEGY_COMPILE or GB_STRATEGY_FORBIDDEN; the last two list every problem with its
 * place.
 */
export async function bundleStrategy(file: string, options: BundleOptions = {}): Promise<StrategyBundle> {
  const { cwd = process.cwd(), runtime = OWN_RUNTIME, cacheFolder } = options;
  const entry = resolve(cwd, file);
  if (!statSync(entry, { throwIfNoEntry: false })?.isFile())
    throw new GoboolError('GB_STRATEGY_MISSING', `There is no strategy file ${file}.`);
  const build = (): ReturnType<typeof buildBundle> => buildBundle(entry, cwd, runtime);
  if (cacheFolder === undefined) return (await build()).bundle;
  const name = `${entry} ${JSON.stringify(runtime)}`;
  return cachedBundle({ folder: cacheFolder, name, top: buildFolder(entry) }, build);
}

async function buildBundle(
  entry: string,
  cwd: string,
  runtime: OwnRuntime,
): Promise<{ bundle: StrategyBundle; runtimeInputs: readonly string[] }> {
  const checking = import('./find-forbidden.ts');
  const compiled = await compile(entry, cwd);
  const { findForbidden, parseStrategy } = await checking;
  const program = parseStrategy(compiled.code);
  const problems = await located(findForbidden(program), compiled.map);
  if (problems.length > 0) throw await problemsError('GB_STRATEGY_FORBIDDEN', problems, cwd);
  const { code: runtimeCode, inputs: runtimeInputs } = await runtimeText(runtime);
  const { code, map } = linkBundle(compiled, program, runtimeCode);
  const hash = createHash('sha256').update(code).digest('hex');
  return { bundle: { code, map, hash, inputs: compiled.inputs }, runtimeInputs };
}

async function compile(entry: string, cwd: string): Promise<CompiledStrategy> {
  try {
    return await compileStrategy(entry);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const { assignments, others } = compileProblems(error, buildFolder(entry));
    if (others.length > 0) throw await problemsError('GB_STRATEGY_COMPILE', [...others, ...assignments], cwd);
    throw await problemsError('GB_STRATEGY_FORBIDDEN', assignments, cwd);
  }
}

async function located(findings: readonly Finding[], map: string): Promise<Problem[]> {
  if (findings.length === 0) return [];
  const locate = await readSourceMap(map);
  return findings.flatMap(({ what, remedy, isInert, line, column }) => {
    const place = locate(line, column + 1);
    if (isInert && place && isOfPackage(place.file)) return [];
    return { message: what, remedy, ...(place && { place }) };
  });
}
