/**
 * Builds the images that the cluster's containers need out of the native engines and of this machine's Node, for
 * machines that cannot pull the official ones, and prints the environment by which they are used:
 * `eval "$(node scripts/docker-images.ts)"`. Needs root, debootstrap, a running Docker, and what the native engines
 * need. They are for tests: nothing keeps them small, and MongoDB's licence forbids to hand its image on.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ComponentName } from '../src/cluster/dev/component.ts';
import { imageVariable, type OfficialImage } from '../src/cluster/dev/docker/images.ts';
import { engineCache } from '../src/cluster/dev/fetch/fetch-context.ts';
import { fetchEngine } from '../src/cluster/dev/fetch/fetch-engine.ts';
import type { Install } from '../src/cluster/dev/fetch/install.ts';
import { buildImage, inTemporaryDir, type Recipe, run } from './docker-build.ts';

const SUITE = 'bookworm';
const DEBIAN = `gobool-local/debian:${SUITE}`;
/** `openjdk-17-jdk-headless` for the engines as for Maven: one image less. */
const JAVA = `gobool-local/java:${SUITE}`;
/** Maven in the image trusts whom this machine trusts. */
const CACERTS = '/etc/ssl/certs/java/cacerts';

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

const isPresent = (tag: string) => spawnSync('docker', ['image', 'inspect', tag], { stdio: 'ignore' }).status === 0;

/** libcurl4 and what comes with it is what mongod's wheel expects of a system. */
function buildDebian(): void {
  if (isPresent(DEBIAN)) return;
  inTemporaryDir(dir => {
    run('debootstrap', ['--variant=minbase', '--include=ca-certificates,libcurl4', SUITE, join(dir, 'root')]);
    run('sh', ['-euc', 'tar -C "$1" -c . | docker import - "$2"', 'sh', join(dir, 'root'), DEBIAN]);
  });
}

/** The base of the services' image: the Node that runs this, and what sandboxes are made with. */
const nodeRecipe = (): Recipe => ({
  tag: `gobool-local/node:${process.versions.node}`,
  dockerfile: `FROM ${DEBIAN}
RUN apt-get update && apt-get install -y --no-install-recommends bubblewrap
COPY node /usr/local/bin/node
`,
  files: [[process.execPath, 'node']],
});

const RECIPES: Readonly<Record<OfficialImage, () => Recipe | Promise<Recipe>>> = {
  maven: mavenRecipe,
  kafka: kafkaRecipe,
  mongodb: mongodbRecipe,
  postgres: postgresRecipe,
  etcd: etcdRecipe,
  node: nodeRecipe,
};

buildDebian();
for (const [name, recipe] of Object.entries(RECIPES)) {
  const built = await recipe();
  if (!isPresent(built.tag)) buildImage(built);
  console.log(`export ${imageVariable(name as OfficialImage)}=${built.tag}`);
}
