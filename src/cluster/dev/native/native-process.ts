/**
 * One engine as a process: launched by this daemon or found again. It has a session and a process group of its own
 * and writes straight into its log file, so it outlives the daemon. Nothing is signalled before its identity was
 * looked at.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Instance } from '../driver.ts';
import { familyOf, isRunning, listProcesses, readProcess } from './process-table.ts';
import { usageOf } from './process-usage.ts';

const LOOK_EVERY_MS = 200;

export interface Stopping {
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  readonly graceMs: number;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Its output is appended here. */
  readonly logFile: string;
}

/** Resolves once the program runs. Throws `GB_CLUSTER_FAILED` where it cannot be run. */
export async function launchProcess(command: Command, stopping: Stopping): Promise<Instance> {
  const log = openSync(command.logFile, 'a');
  const { program, args, env, cwd, user } = command;
  const child = spawn(program, args, { env, cwd, detached: true, stdio: ['ignore', log, log], ...user });
  closeSync(log);
  const ended = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new GoboolError('GB_CLUSTER_FAILED', `${program} cannot be run.`, { cause: error });
  }
  child.unref();
  const pid = child.pid ?? 0;
  return runningInstance({ pid, startedAt: readProcess(pid)?.startedAt ?? '' }, ended, stopping);
}

/** Takes over a process that an earlier daemon launched. */
export function adoptProcess(identity: ProcessIdentity, stopping: Stopping): Instance {
  return runningInstance(identity, goneSince(identity), stopping);
}

/** Only a parent is told of an end; everybody else has to look. */
async function goneSince(identity: ProcessIdentity): Promise<string> {
  while (isRunning(identity)) await pause(LOOK_EVERY_MS, undefined, { ref: false });
  return 'gone';
}

interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

function runningInstance(identity: ProcessIdentity, ended: Promise<string>, stopping: Stopping): Instance {
  const kill = () => killFamily(identity);
  const stop = async () => {
    const family = livingFamily(identity);
    if (family.length === 0) return void (await ended);
    signalGroup(identity, stopping.stopSignal);
    // One that was paused hears nothing until it goes on.
    signalGroup(identity, 'SIGCONT');
    const grace = new AbortController();
    const overdue = pause(stopping.graceMs, 'overdue', { signal: grace.signal }).catch(() => '');
    if ((await Promise.race([ended, overdue])) === 'overdue') kill();
    grace.abort();
    await ended;
    // Children that left the group, and those that were made while the signal was under way.
    for (const member of [...family, ...membersOf(identity.pid)]) signalProcess(member, 'SIGKILL');
  };
  return { ...identity, ended, stop, kill, usage: async () => usageOf(identity) };
}

/** None where the pid is somebody else's by now. */
const livingFamily = (leader: ProcessIdentity) => (isRunning(leader) ? familyOf(leader.pid, listProcesses()) : []);

/** What is left of a group whose leader is gone. */
const membersOf = (leader: number) =>
  listProcesses().filter(({ pid, groupId }) => groupId === leader && pid !== leader);

/** Members first learn of it together; those that left the group are killed one by one. */
function killFamily(leader: ProcessIdentity): void {
  const family = livingFamily(leader);
  signalGroup(leader, 'SIGKILL');
  for (const member of family) signalProcess(member, 'SIGKILL');
}

const signalGroup = (leader: ProcessIdentity, signal: NodeJS.Signals) => send(leader, -leader.pid, signal);
const signalProcess = (member: ProcessIdentity, signal: NodeJS.Signals) => send(member, member.pid, signal);

function send(identity: ProcessIdentity, target: number, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(target, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
