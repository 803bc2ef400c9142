/** etcd, built from its Go module: `engines/etcd/go.mod` and `go.sum` pin it and all that it is made of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../../../runtime/base/assert.ts';
import { ENGINE_FILES } from '../engine-files.ts';
import { callClient, type FetchSource, GO, requireClient } from './clients.ts';
import type { FetchContext } from './fetch-context.ts';
import type { ProgramEngine, ProgramRecipe } from './program-engine.ts';
import { startOnce } from './start-once.ts';

const MODULE = 'go.etcd.io/etcd/server/v3';
const MODULE_DIR = join(ENGINE_FILES, 'etcd');

const SOURCE: FetchSource = {
  label: 'etcd',
  client: GO,
  megabytes: 72,
  instead: 'install etcd 3.4 or later itself (`apt install etcd-server`)',
};

export const etcdEngine: ProgramEngine = {
  name: 'etcd',
  program: 'etcd',
  helpers: [],
  variable: 'GOBOOL_ETCD',
  minimumVersion: '3.4',
  source: SOURCE,
  versionPattern: /etcd Version: (\d+(?:\.\d+)*)/,
  elsewhere: () => [],
  recipe: etcdRecipe,
};

function etcdRecipe(): ProgramRecipe {
  const goMod = readFileSync(join(MODULE_DIR, 'go.mod'), 'utf8');
  const version = /go\.etcd\.io\/etcd\/server\/v3 v(\S+)/.exec(goMod)?.[1];
  assert(version !== undefined, 'go.mod requires etcd');
  const key = `etcd-${version}-${process.platform}-${process.arch}`;
  return { key, lock: 'etcd', version, programPath: 'etcd', make: buildEtcd };
}

async function buildEtcd(stagingDir: string, workDir: string, context: FetchContext): Promise<void> {
  const go = await requireClient(SOURCE, context);
  const env = {
    CGO_ENABLED: '0',
    GOWORK: 'off',
    GOFLAGS: '-modcacherw',
    GOTMPDIR: workDir,
    GOCACHE: join(workDir, 'gocache'),
    GOMODCACHE: join(workDir, 'gomodcache'),
  };
  const build = (args: readonly string[], onLine: (line: string) => void) =>
    callClient(SOURCE, { program: go, args, cwd: MODULE_DIR, env, onLine }, context);
  let modules = 0;
  const packages = await build(['list', '-mod=readonly', '-deps', MODULE], line => {
    if (line.startsWith('go: downloading')) context.onProgress({ step: `downloading modules of etcd (${++modules})` });
  });
  const total = packages.filter(line => !line.startsWith('go: ')).length;
  let compiled = 0;
  const program = join(stagingDir, 'etcd');
  const options = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-v', '-o', program];
  context.onProgress({ step: 'compiling etcd' });
  await build(['build', ...options, MODULE], () => {
    context.onProgress({ step: `compiling etcd, ${++compiled} of ${total} packages` });
  });
  await startOnce(program, 'etcd', context);
}
