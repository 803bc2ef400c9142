/**
 * Builds the images that the cluster's containers need out of the native engines, for machines that cannot pull the
 * official ones, and prints the environment by which they are used: `eval "$(node scripts/docker-images.ts)"`. Needs
 * root, debootstrap, a running Docker, and what the native engines need. They are for tests: nothing keeps them
 * small, and MongoDB's licence forbids to hand its image on.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ComponentName } from '../src/cluster/dev/component.ts';
import { imageVariable, type OfficialImage } from '../src/cluster/dev/docker/images.ts';
import { engineCache } from '../src/cluster/dev/fetch/fetch-context.ts';
import { fetchEngine } from '../src/cluster/dev/fetch/fetch-engine.ts';
import type { Install } from '../src/cluster/dev/fetch/install.ts';

const SUITE = 'bookworm';
const DEBIAN = `gobool-local/debian:${SUITE}`;
/** `openjdk-17-jdk-headless` for the engines as for Maven: one image less. */
const JAVA = `gobool-local/java:${SUITE}`;
/** Maven in the image trusts whom this machine trusts. */
const CACERTS = '/etc/ssl/certs/java/cacerts';

interface Recipe {
  readonly tag: string;
  readonly dockerfile: string;
  /** What `COPY` finds. */
  readonly files: readonly (readonly [from: string, to: string])[];
}

const engine = (name: ComponentName): Promise<Install> =>
  fetchEngine(name, {
    env: process.env,
    cacheDir: engineCache(process.env),
    onProgress: ({ step }) => console.error(`  ${step}`),
    signal: new AbortController().signal,
  });

async function program(name: ComponentName): Promise<{ readonly path: string; readonly version: string }> {
  const install = await engine(name);
  if (install.kind !== 'program') throw new Error(`${name} is not a program`);
  return { path: install.program, version: install.version };
}

async function kafkaRecipe(): Promise<Recipe> {
  const installs = await Promise.all((['kafka', 'connect', 'streams'] as const).map(engine));
  const jars = installs.flatMap(install => (install.kind === 'java' ? install.classPath : []));
  const files = jars
    .filter(jar => !jar.includes('streams-app'))
    .map(jar => [jar, `libs/${jar.split('/').at(-1)}`] as const);
  const version = installs[0]?.version ?? '';
  return { tag: `gobool-local/kafka:${version}`, dockerfile: `FROM ${JAVA}\nCOPY libs /opt/kafka/libs\n`, files };
}

async function mongodbRecipe(): Promise<Recipe> {
  const { path, version } = await program('mongodb');
  const dockerfile = `FROM ${DEBIAN}\nCOPY mongod /usr/local/bin/mongod\n`;
  return { tag: `gobool-local/mongodb:${version}`, dockerfile, files: [[path, 'mongod']] };
}

/** Debian's own package: it brings the user `postgres`. */
const postgresRecipe = (): Recipe => ({
  tag: 'gobool-local/postgres:15',
  dockerfile: `FROM ${DEBIAN}
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-15
ENV PATH=$PATH:/usr/lib/postgresql/15/bin
`,
  files: [],
});

async function etcdRecipe(): Promise<Recipe> {
  const { path, version } = await program('etcd');
  const dockerfile = 'FROM scratch\nCOPY etcd /usr/local/bin/etcd\nENV PATH=/usr/local/bin\n';
  return { tag: `gobool-local/etcd:${version}`, dockerfile, files: [[path, 'etcd']] };
}

const mavenRecipe = (): Recipe => ({
  tag: JAVA,
  dockerfile: `FROM ${DEBIAN}
RUN apt-get update && apt-get install -y --no-install-recommends openjdk-17-jdk-headless maven
COPY cacerts ${CACERTS}
`,
  files: [[CACERTS, 'cacerts']],
});

function run(program: string, args: readonly string[], input = ''): void {
  const { status, error } = spawnSync(program, args, { input, stdio: ['pipe', 2, 2] });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}`);
}

const isPresent = (tag: string) => spawnSync('docker', ['image', 'inspect', tag], { stdio: 'ignore' }).status === 0;

function inTemporaryDir(work: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'gobool-images-'));
  try {
    work(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** libcurl4 and what comes with it is what mongod's wheel expects of a system. */
function buildDebian(): void {
  if (isPresent(DEBIAN)) return;
  inTemporaryDir(dir => {
    run('debootstrap', ['--variant=minbase', '--include=ca-certificates,libcurl4', SUITE, join(dir, 'root')]);
    run('sh', ['-euc', 'tar -C "$1" -c . | docker import - "$2"', 'sh', join(dir, 'root'), DEBIAN]);
  });
}

function build({ tag, dockerfile, files }: Recipe): void {
  if (isPresent(tag)) return;
  inTemporaryDir(dir => {
    for (const [from, to] of files) {
      mkdirSync(dirname(join(dir, to)), { recursive: true });
      cpSync(from, join(dir, to), { recursive: true, dereference: true });
    }
    run('docker', ['build', '--tag', tag, '--file', '-', dir], dockerfile);
  });
}

const RECIPES: Readonly<Record<OfficialImage, () => Recipe | Promise<Recipe>>> = {
  maven: mavenRecipe,
  kafka: kafkaRecipe,
  mongodb: mongodbRecipe,
  postgres: postgresRecipe,
  etcd: etcdRecipe,
};

buildDebian();
for (const [name, recipe] of Object.entries(RECIPES)) {
  const built = await recipe();
  build(built);
  console.log(`export ${imageVariable(name as OfficialImage)}=${built.tag}`);
}
