/** Why a cluster is not up, as one error: the first component that failed with the end of its log, then the others. */
import { relative } from 'node:path';
import { clusterDir, logFile } from '../../../cluster/dev/cluster-folder.ts';
import type { ClusterStatus, ComponentStatus, Problem } from '../../../cluster/dev/cluster-status.ts';
import type { ComponentName } from '../../../cluster/dev/component.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import type { CommandContext } from '../../context.ts';
import { wantedOf } from './component-text.ts';
import { withNeeds } from './is-up.ts';

const EXIT_CLUSTER = 5;

/** `only`: what was asked for, which with all that it needs is told before what else there is. */
export function failureOf(
  status: ClusterStatus,
  { projectDir, cwd }: CommandContext,
  only: readonly ComponentName[] = [],
): GoboolError {
  const asked = withNeeds(status, only);
  const unwell = wantedOf(status).filter(({ state }) => state !== 'healthy');
  const failed = unwell.filter(({ state }) => state === 'failed');
  const ranked = failed.length > 0 ? failed : unwell;
  const [first, ...others] = ranked.toSorted((a, b) => Number(asked.has(b.name)) - Number(asked.has(a.name)));
  if (first === undefined) return new GoboolError('GB_CLUSTER_FAILED', `Cluster ${status.name} is ${status.state}.`);
  const { name, problem } = first;
  const code = clusterCode(problem);
  const file = relative(cwd, logFile(clusterDir(projectDir, status.name), name));
  const frame = problem?.log.map(line => `  ${line}`).join('\n');
  return new GoboolError(code, `${name}: ${reason(first, code)}`, {
    hint: problem?.hint ?? ERROR_CATALOGUE[code].hint.replace('<component>', name),
    where: { file, ...(frame && { frame }) },
    problems: others.map(other => `${other.name}: ${reason(other)}`),
  });
}

/** Its own code, where that says that a cluster failed; the exit code of `up` follows from it. */
function clusterCode(problem: Problem | null): ErrorCode {
  const code = Object.keys(ERROR_CATALOGUE).find((known): known is ErrorCode => known === problem?.code);
  return code !== undefined && ERROR_CATALOGUE[code].exitCode === EXIT_CLUSTER ? code : 'GB_CLUSTER_FAILED';
}

/** With the code, unless it is said already. */
function reason({ state, problem }: ComponentStatus, saidCode?: ErrorCode): string {
  if (problem === null) return `it is ${state}.`;
  return problem.code === saidCode ? problem.message : `${problem.code} ${problem.message}`;
}
