/**
 * Second pass: the compiled strategy, the SDK, the engine and the run's globals become the one file that is a bundle. It imports
 * nothing, and exports what `bundle/abi.ts` says.
 */
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import type { RuntimeFiles } from '../own-files.ts';
import { AMBIENT_MODULE, type CompiledStrategy, SDK_MODULE } from './compile-strategy.ts';
import { outputTexts, SHARED_OPTIONS } from './esbuild-options.ts';
import { AMBIENT_NAMES, FORBIDDEN_NAMES } from './forbidden-names.ts';
import { loadEsbuild } from './load-esbuild.ts';

const ENTRY = `
import * as strategy from 'gobool:strategy';
import { makeBundle } from 'gobool:bundle-entry';
export const { abi, describe, run } = makeBundle(strategy.default);
`;

export interface LinkedBundle {
  readonly code: string;
  readonly map: string;
  /** Absolute paths of gobool's own files that went in. */
  readonly inputs: readonly string[];
}

export async function linkBundle(strategy: CompiledStrategy, runtime: RuntimeFiles): Promise<LinkedBundle> {
  const folder = dirname(runtime.sdk);
  const result = await loadEsbuild().build({
    ...SHARED_OPTIONS,
    entryPoints: ['gobool:entry'],
    absWorkingDir: folder,
    outfile: join(folder, 'bundle.js'),
    metafile: true,
    plugins: [resolveParts(strategy, runtime)],
  });
  const inputs = Object.keys(result.metafile.inputs).filter(path => !path.startsWith('part:'));
  return { ...outputTexts(result.outputFiles), inputs: inputs.map(path => resolve(folder, path)) };
}

function resolveParts(strategy: CompiledStrategy, runtime: RuntimeFiles): Plugin {
  const files: Record<string, string> = { [SDK_MODULE]: runtime.sdk, 'gobool:bundle-entry': runtime.bundleEntry };
  const texts: Record<string, string> = {
    'gobool:entry': ENTRY,
    'gobool:strategy': withInlineMap(strategy),
    [AMBIENT_MODULE]: ambientText(runtime.ambient),
  };
  return {
    name: 'gobool-parts',
    setup(build) {
      build.onResolve({ filter: /^gobool/ }, ({ path }) =>
        files[path] === undefined ? { path, namespace: 'part' } : { path: files[path] },
      );
      build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({
        contents: texts[path] ?? '',
        resolveDir: dirname(runtime.sdk),
      }));
    },
  };
}

/** The run's own globals, and undefined for all that a strategy may not use. */
function ambientText(file: string): string {
  const absent = [...FORBIDDEN_NAMES.keys()].map(name => `${name} = undefined`);
  return `export { ${AMBIENT_NAMES.join(', ')} } from ${JSON.stringify(file)};\nexport const ${absent.join(', ')};`;
}

/** So that esbuild composes the maps of both passes. */
function withInlineMap({ code, map }: CompiledStrategy): string {
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}
