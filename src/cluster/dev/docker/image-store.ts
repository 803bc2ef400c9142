/** Brings images onto this machine: pulls the official ones, builds those of Connect and of the Streams app on top. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineName } from '../component.ts';
import type { FetchProgress, Origin } from '../driver.ts';
import { ENGINE_FILES } from '../engine-files.ts';
import { runDocker } from './docker-command.ts';
import type { Docker } from './find-docker.ts';
import { type Environment, imageVariable, imageVersion, namedImage, officialImage } from './images.ts';

export interface ImageFetch {
  readonly docker: Docker;
  readonly env: Environment;
  readonly onProgress: (progress: FetchProgress) => void;
  readonly signal: AbortSignal;
}

const isBuilt = (name: EngineName) => name === 'connect' || name === 'streams';

/** What the component's container runs. An image that we build is named by all that goes into it. */
export async function imageOf(name: EngineName, env: Environment): Promise<string> {
  const named = namedImage(name, env);
  if (named !== undefined) return named;
  return isBuilt(name) ? `gobool-${name}:${await inputsHash(name, env)}` : officialImage(name, env);
}

/** Throws `GB_DOCKER_IMAGE_MISSING` where an image cannot be had, `GB_DOCKER_FAILED` where it cannot be built. */
export async function fetchImage(name: EngineName, fetch: ImageFetch): Promise<Origin> {
  const image = await imageOf(name, fetch.env);
  if (!(await isPresent(image, fetch))) {
    if (isBuilt(name) && namedImage(name, fetch.env) === undefined) await build(name, image, fetch);
    else await pull(image, imageVariable(name), fetch);
  }
  return { version: imageVersion(image), route: 'image', location: image };
}

async function isPresent(image: string, { docker, signal }: ImageFetch): Promise<boolean> {
  const path = `/images/${encodeURIComponent(image)}/json`;
  return (await docker.engine.call('GET', path, { tolerated: [404], signal })) !== undefined;
}

async function build(name: EngineName, image: string, fetch: ImageFetch): Promise<void> {
  const bases = baseImages(fetch.env);
  for (const [variable, base] of Object.entries(bases)) {
    if (!(await isPresent(base, fetch))) await pull(base, variable.replace(/(.*)_IMAGE/, 'GOBOOL_IMAGE_$1'), fetch);
  }
  const step = `building the image of ${name}`;
  fetch.onProgress({ step });
  const args = Object.entries(bases).flatMap(([variable, base]) => ['--build-arg', `${variable}=${base}`]);
  await runDocker(
    {
      command: ['docker', 'build', '--tag', image, ...args, join(ENGINE_FILES, name)],
      env: fetch.env,
      signal: fetch.signal,
      onLine: line => /^Step |^#\d+ \[/.test(line) && fetch.onProgress({ step: `${step}: ${line}` }),
    },
    { code: 'GB_DOCKER_FAILED', message: `The image of ${name} could not be built.` },
  );
}

async function pull(image: string, variable: string, { env, onProgress, signal }: ImageFetch): Promise<void> {
  let layers = 0;
  let pulled = 0;
  onProgress({ step: `pulling ${image}` });
  const onLine = (line: string) => {
    if (/: Pulling fs layer$/.test(line)) layers++;
    if (/: (Pull complete|Already exists)$/.test(line)) pulled++;
    if (layers > 0) onProgress({ step: `pulling ${image}: ${pulled} of ${layers} layers` });
  };
  await runDocker(
    { command: ['docker', 'pull', image], env, signal, onLine },
    {
      code: 'GB_DOCKER_IMAGE_MISSING',
      message: `The image ${image} is not on this machine and cannot be pulled.`,
      hint: `Try \`docker pull ${image}\`, or name another image in ${variable}.`,
    },
  );
}

/** The arguments of our Dockerfiles. */
const baseImages = (env: Environment) => ({
  KAFKA_IMAGE: officialImage('kafka', env),
  MAVEN_IMAGE: officialImage('maven', env),
});

async function inputsHash(name: EngineName, env: Environment): Promise<string> {
  const dir = join(ENGINE_FILES, name);
  const hash = createHash('sha256').update(JSON.stringify(baseImages(env)));
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(`\0${file.slice(dir.length)}\0`).update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}
