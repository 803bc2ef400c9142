/**
 * Builds dist/: the CLI, the library for Node, the thread worker and the programs of the cluster, split into chunks
 * that load when used; the SDK; the entry that strategy bundles start from; what runs in sandboxes; script and style of
 * reports; and the types of the public API. Everything that gobool imports is bundled except its two dependencies.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { buildChildCode } from '../src/cluster/sandbox/child-code.ts';
import { assert } from '../src/runtime/base/assert.ts';
import { buildRuntime } from '../src/runtime/host/bundler/runtime-text.ts';
import { OWN_PAGE, OWN_RUNTIME } from '../src/runtime/host/own-files.ts';
import { buildPage } from '../src/runtime/host/report/page-assets.ts';
import { thirdPartyLicences } from './third-party-licences.ts';

const COMMON = {
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'node24',
  outdir: 'dist',
  outbase: 'src',
  logLevel: 'error',
  metafile: true,
} satisfies BuildOptions;

/** What npm installs beside gobool: a program, and a package that reads files of its own at run time. */
const OWN_DEPENDENCIES = ['esbuild', 'etcd3'];

/** Ink asks for it only where DEV is set, which never is here; nobody installs it. */
const INK_DEVTOOLS = 'react-devtools-core';

/** Some packages are CommonJS and ask for Node's modules by `require`, which a module does not have. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);";

/** For Node. Start-up is short because what a command does not use stays in chunks that nobody reads. */
const host = await build({
  ...COMMON,
  entryPoints: [
    'src/cli/main.ts',
    'src/node/index.ts',
    'src/runtime/host/thread-worker.ts',
    ...globSync('src/cluster/**/{main,*-main}.ts'),
  ],
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  mainFields: ['module', 'main'],
  external: [...OWN_DEPENDENCIES, INK_DEVTOOLS],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  banner: { js: REQUIRE },
});

/** For whoever runs or tests a strategy without the CLI: pure code, so no platform. */
const sdk = await build({ ...COMMON, entryPoints: ['src/runtime/index.ts'], platform: 'neutral' });

removeStaleChunks([host.metafile, sdk.metafile]);
const pageInputs = await writePage();
writeFileSync(
  'dist/THIRD-PARTY-LICENCES.txt',
  thirdPartyLicences([...Object.keys(host.metafile.inputs), ...pageInputs]),
);
await writeRuntime();
writeSandbox();
emitTypes();

/** What strategies are bundled with. */
async function writeRuntime(): Promise<void> {
  assert(!('built' in OWN_RUNTIME), 'the build runs from the sources');
  const { code } = await buildRuntime(OWN_RUNTIME);
  mkdirSync('dist/runtime/bundle', { recursive: true });
  writeFileSync('dist/runtime/bundle/runtime.js', code);
}

/** What runs inside of the cluster's sandboxes, where no chunk can be read. */
function writeSandbox(): void {
  const { child, thread } = buildChildCode();
  mkdirSync('dist/cluster/sandbox', { recursive: true });
  writeFileSync('dist/cluster/sandbox/child.js', child);
  writeFileSync('dist/cluster/sandbox/thread.js', thread);
}

/** What reports are made alive with. Returns the files that went in. */
async function writePage(): Promise<readonly string[]> {
  assert('source' in OWN_PAGE, 'the build runs from the sources');
  const { script, style, inputs } = await buildPage(OWN_PAGE.source);
  mkdirSync('dist/report-page', { recursive: true });
  writeFileSync('dist/report-page/main.js', script);
  writeFileSync('dist/report-page/main.css', style);
  return inputs;
}

/** Old chunks go last, so that a build under a running program takes nothing from it. */
function removeStaleChunks(metafiles: readonly Metafile[]): void {
  const current = new Set(metafiles.flatMap(metafile => Object.keys(metafile.outputs)));
  for (const path of globSync('dist/**/*.js')) if (!current.has(path)) rmSync(path);
}

/** The compiler says what is wrong on its own. */
function emitTypes(): void {
  for (const config of ['tsconfig.types.json', 'tsconfig.types-node.json']) {
    const { status } = spawnSync('node_modules/.bin/tsc', ['-p', config], { stdio: 'inherit' });
    process.exitCode ||= status ?? 1;
  }
}
