/**
 * Loads a configuration file. It is bundled by esbuild and not imported as it is: a quarter of the time of Node's own
 * TypeScript, and esbuild is needed for the strategy anyway.
 */
import { relative } from 'node:path';
import { build } from 'esbuild';
import { GoboolError } from '../../runtime/base/error.ts';
import { compileProblems, isBuildFailure } from '../../runtime/host/bundler/compile-error.ts';
import { problemsError } from '../../runtime/host/bundler/problems.ts';

/** The default export of a file that exists. Throws `GB_CONFIG_BROKEN`. */
export async function loadConfigFile(path: string, cwd: string): Promise<unknown> {
  const code = await bundle(path, cwd);
  const module = await evaluate(code, path, cwd);
  if (isPlainObject(module.default)) return module.default;
  throw broken('does not export a plain object: write `export default { cash: 50_000 } satisfies Config`', path, cwd);
}

async function bundle(path: string, cwd: string): Promise<string> {
  try {
    const result = await build({
      entryPoints: [path],
      absWorkingDir: cwd,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
    });
    return result.outputFiles[0]?.text ?? '';
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw await problemsError('GB_CONFIG_BROKEN', compileProblems(error, cwd).others, cwd);
  }
}

async function evaluate(code: string, path: string, cwd: string): Promise<{ default?: unknown }> {
  try {
    return await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  } catch (error) {
    throw broken(`failed while it was loaded: ${error instanceof Error ? error.message : String(error)}`, path, cwd);
  }
}

function broken(what: string, path: string, cwd: string): GoboolError {
  const file = relative(cwd, path);
  return new GoboolError('GB_CONFIG_BROKEN', `${file} ${what}.`, { where: { file } });
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
