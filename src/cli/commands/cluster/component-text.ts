/** One component in words, for tables, plain lines and the live view. */

import type { ClusterStatus, ComponentStatus, ProbeVerdict, Problem } from '../../../cluster/dev/cluster-status.ts';
import type { ComponentState } from '../../../cluster/dev/component.ts';
import type { FetchProgress } from '../../../cluster/dev/driver.ts';
import type { Paint, Style } from '../../output/colour.ts';
import { ageText, bytesText } from '../../output/quantities.ts';

export const STATE_STYLES: Readonly<Record<ComponentState, Style>> = {
  off: 'dim',
  fetching: 'blue',
  starting: 'cyan',
  initialising: 'cyan',
  healthy: 'green',
  unhealthy: 'yellow',
  restarting: 'yellow',
  stopping: 'dim',
  failed: 'red',
};

/** Whatever `up` asked for. */
export function wantedOf({ components }: ClusterStatus): readonly ComponentStatus[] {
  return components.filter(({ state }) => state !== 'off');
}

/** `healthy, probed 12 s ago: message produced and consumed in 23 ms` */
export function verdictText({ state, probe }: ComponentStatus, nowMs: number): string {
  return probe === null ? state : `${state}, ${probeText(probe, nowMs)}`;
}

/** `probed 12 s ago: message produced and consumed in 23 ms` */
export function probeText({ ok, message, atMs }: ProbeVerdict, nowMs: number): string {
  return `${ok ? 'probed' : 'probe failed'} ${ageText(nowMs - atMs)} ago: ${message}`;
}

/** `GB_PROBE_KAFKA The broker does not answer.` Of a message of several lines the first one says what it is about. */
export function problemText({ code, message }: Problem, paint: Paint): string {
  return `${paint('red', code)} ${message.replace(/\n.*/s, '')}`;
}

/** `downloading 23 of 46 jars, 12 MB of 51 MB` */
export function progressText({ step, bytes, bytesTotal }: FetchProgress): string {
  if (bytes === undefined) return step;
  return `${step}, ${bytesText(bytes)}${bytesTotal === undefined ? '' : ` of ${bytesText(bytesTotal)}`}`;
}

/** `Cluster default is healthy`, in colours. */
export function clusterText({ name, state }: ClusterStatus, paint: Paint): string {
  const style = state === 'healthy' ? 'green' : state === 'degraded' ? 'red' : 'cyan';
  return `Cluster ${paint('cyan', name)} is ${paint(style, state)}`;
}

/** Memory of all that runs, where it is known. */
export function memoryText({ components }: ClusterStatus): string | undefined {
  const known = components.flatMap(({ memoryBytes }) => memoryBytes ?? []);
  return known.length === 0 ? undefined : bytesText(known.reduce((sum, bytes) => sum + bytes, 0));
}
