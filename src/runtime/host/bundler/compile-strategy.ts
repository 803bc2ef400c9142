/**
 * The strategy, its local files and its npm packages become one ESM text. `gobool` stays an import, and every free use
 * of a host global becomes an import from `gobool:ambient`; esbuild knows the scopes, so a local variable `Date` stays
 * local.
 */
import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { userSource } from '../code-frame.ts';
import { outputTexts, SHARED_OPTIONS } from './esbuild-options.ts';
import { AMBIENT_NAMES, FORBIDDEN_NAMES } from './forbidden-names.ts';
import { loadEsbuild } from './load-esbuild.ts';

export const AMBIENT_MODULE = 'gobool:ambient';
export const SDK_MODULE = 'gobool';

export interface CompiledStrategy {
  readonly code: string;
  /** Source map; its sources are made by `userSource`. */
  readonly map: string;
  /** Absolute paths of all files that went in. */
  readonly inputs: readonly string[];
}

/** Throws esbuild's `BuildFailure`, whose paths are relative to `buildFolder(entry)`. */
export async function compileStrategy(entry: string): Promise<CompiledStrategy> {
  const compiled = await runEsbuild(entry, [injectAmbient]);
  if (!hasDynamicImport(compiled.metafile)) return compiled;
  return runEsbuild(entry, [injectAmbient, keepDynamicImports]);
}

/**
 * The folder whose layout may show in the output: the nearest one with node_modules, so that packages have the same
 * names.
 */
export function buildFolder(entry: string): string {
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules'))) return folder;
    if (folder === dirname(folder)) return dirname(entry);
  }
}

async function runEsbuild(entry: string, plugins: Plugin[]): Promise<CompiledStrategy & { metafile: Metafile }> {
  const folder = buildFolder(entry);
  const result = await loadEsbuild().build({
    ...SHARED_OPTIONS,
    entryPoints: [entry],
    absWorkingDir: folder,
    outfile: join(folder, 'bundle.js'),
    external: [SDK_MODULE, AMBIENT_MODULE, 'node:*', ...builtinModules],
    inject: ['gobool:inject'],
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    plugins,
  });
  const { code, map } = outputTexts(result.outputFiles);
  const inputs = Object.keys(result.metafile.inputs).filter(path => path !== 'gobool:inject');
  return {
    code,
    map: withUserScheme(map, folder),
    inputs: inputs.map(path => resolve(folder, path)),
    metafile: result.metafile,
  };
}

const injectAmbient: Plugin = {
  name: 'gobool-inject',
  setup(build) {
    const names = [...AMBIENT_NAMES, ...FORBIDDEN_NAMES.keys()];
    build.onResolve({ filter: /^gobool:inject$/ }, () => ({ path: 'inject', namespace: 'gobool' }));
    build.onLoad({ filter: /^inject$/, namespace: 'gobool' }, () => ({
      contents: `export { ${names.join(', ')} } from '${AMBIENT_MODULE}'`,
    }));
  },
};

/** esbuild would inline `import('./x')`; kept as it is, it is found and refused at its place. */
const keepDynamicImports: Plugin = {
  name: 'gobool-dynamic-import',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : null,
    );
  },
};

function hasDynamicImport(metafile: Metafile): boolean {
  return Object.values(metafile.inputs).some(input => input.imports.some(({ kind }) => kind === 'dynamic-import'));
}

/** Absolute, so that a place is found from any folder, with a scheme that tells the user's files from gobool's own. */
function withUserScheme(map: string, folder: string): string {
  const parsed = JSON.parse(map) as { sources: string[] };
  parsed.sources = parsed.sources.map(source => userSource(resolve(folder, source)));
  return JSON.stringify(parsed);
}
