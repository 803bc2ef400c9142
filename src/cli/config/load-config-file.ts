/**
 * Loads a configuration file. It is bundled by esbuild and not imported as it is: a quarter of the time of Node's own
 * TypeScript, and esbuild is needed for the strategy anyway.
 */
import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { GoboolError } from '../../runtime/base/error.ts';
import { cachedBundle } from '../../runtime/host/bundler/bundle-cache.ts';
import { compileProblems, isBuildFailure } from '../../runtime/host/bundler/compile-error.ts';
import { loadEsbuild } from '../../runtime/host/bundler/load-esbuild.ts';
import { problemsError } from '../../runtime/host/bundler/problems.ts';
import { cacheOf } from '../../runtime/host/folders.ts';
import { endedBySignals } from '../signals.ts';

const LOAD_TIMEOUT_MS = 10_000;
const NEVER_LOADED = `a top-level await did not end within ${LOAD_TIMEOUT_MS / 1000} s`;

/** The default export of a file that exists. Throws `GB_CONFIG_BROKEN`. */
export async function loadConfigFile(path: string, cwd: string): Promise<unknown> {
  const code = await codeOf(path, cwd);
  const module = await endedBySignals(() => evaluate(code, path, cwd));
  if (isPlainObject(module.default)) return module.default;
  throw broken('does not export a plain object: write `export default { cash: 50_000 } satisfies Config`', path, cwd);
}

interface ConfigBundle {
  readonly code: string;
  readonly inputs: readonly string[];
}

/** A project that keeps runs keeps its bundled configuration, too. */
async function codeOf(path: string, cwd: string): Promise<string> {
  const top = dirname(path);
  const folder = cacheOf(top);
  if (!existsSync(folder)) return (await bundle(path, cwd)).code;
  const build = async () => ({ bundle: await bundle(path, cwd), runtimeInputs: [] });
  const { code } = await cachedBundle<ConfigBundle>({ folder, name: path, top }, build);
  return code;
}

async function bundle(path: string, cwd: string): Promise<ConfigBundle> {
  try {
    const result = await loadEsbuild().build({
      entryPoints: [path],
      absWorkingDir: cwd,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
      metafile: true,
    });
    const inputs = Object.keys(result.metafile.inputs).map(input => resolve(cwd, input));
    return { code: result.outputFiles[0]?.text ?? '', inputs };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw await problemsError('GB_CONFIG_BROKEN', compileProblems(error, cwd).others, cwd);
  }
}

async function evaluate(code: string, path: string, cwd: string): Promise<{ default?: unknown }> {
  const patience = Promise.withResolvers<never>();
  // The timer also keeps the process alive: without it, an `await` of nothing that comes would end it without a word.
  const timer = setTimeout(() => patience.reject(new Error(NEVER_LOADED)), LOAD_TIMEOUT_MS);
  try {
    const module = import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
    return await Promise.race([module, patience.promise]);
  } catch (error) {
    throw broken(`failed while it was loaded: ${error instanceof Error ? error.message : String(error)}`, path, cwd);
  } finally {
    clearTimeout(timer);
  }
}

function broken(what: string, path: string, cwd: string): GoboolError {
  const file = relative(cwd, path);
  return new GoboolError('GB_CONFIG_BROKEN', `${file} ${what}.`, { where: { file } });
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
