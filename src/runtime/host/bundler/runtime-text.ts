/**
 * What a bundle holds beside the strategy: SDK, engine, metrics and the run's globals, as one script that leaves all of
 * them in one variable. It is made when gobool itself is built; gobool run from its sources makes it on the way.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { OwnRuntime, RuntimeFiles } from '../own-files.ts';
import { outputTexts, SHARED_OPTIONS } from './esbuild-options.ts';
import { loadEsbuild } from './load-esbuild.ts';

/**
 * Fields get their first value from the constructor, not `undefined` before it: else V8 takes any type for possible,
 * and checks it wherever the field is read. Also said in tsconfig.base.json, for code that runs outside of bundles.
 */
const FIELDS_ASSIGNED = { compilerOptions: { useDefineForClassFields: false } };

/** The variable. It has the members `sdk`, `ambient`, `makeBundle` and `memberOf`. */
export const RUNTIME_NAME = 'gobool$';

export interface RuntimeText {
  readonly code: string;
  /** Absolute paths of the files that it was made from. */
  readonly inputs: readonly string[];
}

export async function runtimeText(runtime: OwnRuntime): Promise<RuntimeText> {
  if ('built' in runtime) return { code: readFileSync(runtime.built, 'utf8'), inputs: [runtime.built] };
  return buildRuntime(runtime);
}

export async function buildRuntime({ sdk, ambient, bundleEntry }: RuntimeFiles): Promise<RuntimeText> {
  const folder = dirname(sdk);
  const contents = `
    export * as sdk from ${JSON.stringify(sdk)};
    export * as ambient from ${JSON.stringify(ambient)};
    export { makeBundle, memberOf } from ${JSON.stringify(bundleEntry)};`;
  const result = await loadEsbuild().build({
    ...SHARED_OPTIONS,
    tsconfigRaw: FIELDS_ASSIGNED,
    sourcemap: false,
    format: 'iife',
    globalName: RUNTIME_NAME,
    stdin: { contents, resolveDir: folder },
    absWorkingDir: folder,
    outfile: resolve(folder, 'runtime.js'),
    metafile: true,
  });
  const inputs = Object.keys(result.metafile.inputs).filter(path => path !== '<stdin>');
  return { code: outputTexts(result.outputFiles).code.trim(), inputs: inputs.map(path => resolve(folder, path)) };
}
