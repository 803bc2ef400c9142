/**
 * Runs engines as ordinary processes of this machine. Linux only: it finds, recognises and measures them through /proc.
 * Every process gets the cluster's id in its environment before it runs its first instruction, so it is found again
 * even when this daemon dies before it could write the process down.
 */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { CLUSTER_ID_VARIABLE, type ClusterFacts } from '../cluster-facts.ts';
import { logFile } from '../cluster-folder.ts';
import { COMPONENT_NAMES, type ComponentName, SERVICE_NAMES } from '../component.ts';
import type { Driver, FetchProgress, Instance } from '../driver.ts';
import { engineCache, type FetchContext } from '../fetch/fetch-context.ts';
import { fetchEngine } from '../fetch/fetch-engine.ts';
import type { Install } from '../fetch/install.ts';
import { withClassArchive } from './class-archives.ts';
import {
  type ClusterProcess,
  type ClusterRole,
  COMPONENT_VARIABLE,
  clusterProcesses,
  processText,
} from './cluster-processes.ts';
import { NATIVE_ENGINES } from './engines.ts';
import { adoptProcess, launchProcess, type Stopping } from './native-process.ts';

type Environment = FetchContext['env'];

/** Throws `GB_CLUSTER_DRIVER` on other systems. */
export function nativeDriver(env: Environment, platform: NodeJS.Platform = process.platform): Driver {
  if (platform !== 'linux')
    throw new GoboolError('GB_CLUSTER_DRIVER', `Native engines run on Linux only, and this is ${platform}.`, {
      hint: 'Use containers: `gobool cluster up --driver docker`.',
    });
  const installs = new Map<ComponentName, Install>();

  const install = async (name: ComponentName, onProgress: FetchContext['onProgress'], signal: AbortSignal) => {
    const known = installs.get(name);
    if (known !== undefined) return known;
    const context = { env, cacheDir: engineCache(env), onProgress, signal };
    const made = await withClassArchive(name, await fetchEngine(name, context), context);
    installs.set(name, made);
    return made;
  };

  return {
    name: 'native',
    async fetch(name, onProgress: (progress: FetchProgress) => void, signal) {
      // Another `up` may name another engine.
      installs.delete(name);
      const { version, route, location } = await install(name, onProgress, signal);
      return { version, route, location };
    },
    async start(name, facts, signal) {
      return await startEngine(name, facts, await install(name, () => undefined, signal), env, signal);
    },
    async find(name, facts) {
      const found = clusterProcesses(facts.id).find(candidate => candidate.role === name && candidate.leads);
      return found && adoptProcess(found, stoppingOf(name));
    },
    sweep: facts => sweepProcesses(facts),
    logFile: (name, facts) => logFile(facts.dir, name),
  };
}

async function startEngine(
  name: ComponentName,
  facts: ClusterFacts,
  install: Install,
  env: Environment,
  signal: AbortSignal,
): Promise<Instance> {
  const engine = NATIVE_ENGINES[name];
  await engine.prepare(facts, install, signal);
  signal.throwIfAborted();
  const { env: more, cwd = facts.dir, ...launch } = engine.launch(facts, install);
  const file = logFile(facts.dir, name);
  mkdirSync(dirname(file), { recursive: true });
  const marks = { [CLUSTER_ID_VARIABLE]: facts.id, [COMPONENT_VARIABLE]: name };
  const command = { ...launch, cwd, env: { ...minimal(env), ...more, ...marks }, logFile: file };
  return await launchProcess(command, stoppingOf(name));
}

const minimal = ({ PATH = '/usr/bin:/bin', HOME = homedir() }: Environment) => ({ PATH, HOME, LANG: 'C.UTF-8' });

function stoppingOf(name: ComponentName): Stopping {
  const { stopSignal = 'SIGTERM', stopGraceMs: graceMs } = NATIVE_ENGINES[name];
  return { stopSignal, graceMs };
}

/** Components end in waves, those that need others first. */
const waveOf = (role: ClusterRole): number => {
  if (SERVICE_NAMES.some(name => name === role)) return 0;
  return role === 'streams' || role === 'connect' ? 1 : 2;
};

/**
 * Ends what runs in these roles, by default in all; whatever is left then is killed. The daemon is not touched.
 * Returns what was found.
 */
export async function sweepProcesses(
  { id }: ClusterFacts,
  roles: readonly ClusterRole[] = [...COMPONENT_NAMES, 'daemon'],
): Promise<readonly string[]> {
  const isOurs = ({ role, leads }: ClusterProcess) => roles.includes(role) && !(role === 'daemon' && leads);
  const found = clusterProcesses(id).filter(isOurs);
  const leaders = found.filter(({ role, leads }) => role !== 'daemon' && leads);
  for (const wave of [0, 1, 2]) await stopAll(leaders.filter(({ role }) => waveOf(role) === wave));
  for (const left of clusterProcesses(id).filter(isOurs)) adoptProcess(left, KILLED).kill();
  return found.map(processText);
}

const KILLED: Stopping = { stopSignal: 'SIGTERM', graceMs: 0 };

async function stopAll(leaders: readonly ClusterProcess[]): Promise<void> {
  const stop = (found: ClusterProcess) =>
    found.role === 'daemon' ? undefined : adoptProcess(found, stoppingOf(found.role)).stop();
  await Promise.all(leaders.map(stop));
}
