/**
 * Finds a Docker that can run the cluster: an engine on this machine that answers, and Compose. A socket that exists
 * is not enough; an engine elsewhere is of no use, since the cluster's ports are on its loopback.
 */
import { execa } from 'execa';
import { GoboolError } from '../../../runtime/base/error.ts';
import { type EngineApi, engineApi } from './engine-api.ts';
import type { Environment } from './images.ts';

export interface Docker {
  readonly engine: EngineApi;
  readonly engineVersion: string;
  /** `docker compose`, or the older `docker-compose`. */
  readonly compose: readonly [string, ...string[]];
  readonly composeVersion: string;
}

const PING_MS = 3_000;

/** Throws `GB_DOCKER_UNAVAILABLE` or `GB_DOCKER_COMPOSE_MISSING`. */
export async function findDocker(env: Environment): Promise<Docker> {
  const engine = engineApi(await socketPath(env));
  const signal = AbortSignal.timeout(PING_MS);
  const version = await engine.call('GET', '/version', { signal }).catch(error => {
    if (!signal.aborted) throw error;
    throw new GoboolError('GB_DOCKER_UNAVAILABLE', `The Docker Engine did not answer within ${PING_MS / 1000} s.`);
  });
  const { Version: engineVersion } = version as { readonly Version: string };
  return { engine, engineVersion, ...(await findCompose(env)) };
}

async function socketPath(env: Environment): Promise<string> {
  const host = env.DOCKER_HOST || (await hostOfContext(env));
  const [, path] = /^(?:unix|npipe):\/\/(.+)$/.exec(host) ?? [];
  if (path !== undefined) return path;
  throw new GoboolError('GB_DOCKER_UNAVAILABLE', `Docker's engine is not on this machine: ${host}.`, {
    hint: 'Choose a local one with `docker context use default`, and unset DOCKER_HOST.',
  });
}

async function hostOfContext(env: Environment): Promise<string> {
  const args = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];
  const { failed, stdout, shortMessage } = await execa('docker', args, {
    env: { ...env },
    extendEnv: false,
    reject: false,
  });
  if (!failed) return stdout.trim();
  throw new GoboolError('GB_DOCKER_UNAVAILABLE', `The command \`docker\` does not work: ${shortMessage}.`);
}

async function findCompose(env: Environment): Promise<Pick<Docker, 'compose' | 'composeVersion'>> {
  for (const compose of [['docker', 'compose'], ['docker-compose']] as const) {
    const [program, ...args] = compose;
    const { failed, stdout } = await execa(program, [...args, 'version', '--short'], {
      env: { ...env },
      reject: false,
    });
    if (!failed) return { compose, composeVersion: stdout.trim() };
  }
  throw new GoboolError('GB_DOCKER_COMPOSE_MISSING', 'Neither `docker compose` nor `docker-compose` is installed.');
}
