/** What `up` says once everything is healthy: the proofs with their age, the addresses, and how programs get them. */
import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import { counted } from '../../../runtime/base/format.ts';
import { durationText } from '../../../runtime/report/format.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import { clusterText, memoryText, verdictText, wantedOf } from './component-text.ts';

/** `tookMs`: how long this command waited for it. */
export function summaryText(status: ClusterStatus, tookMs: number, { paint, nowMs }: Output): string {
  const components = wantedOf(status);
  const verdicts = components.map(component => [component.name, verdictText(component, nowMs())] as const);
  const addresses = components.map(({ name, url }) => [name, url] as const);
  const memory = memoryText(status);
  const count = `${counted(components.length, 'component')}${memory === undefined ? '' : `, ${memory}`}`;
  const name = status.name === 'default' ? '' : ` --name ${status.name}`;
  const forPrograms = `eval "$(gobool cluster status --env${name})"`;
  return [
    `${clusterText(status, paint)}: ${count}, after ${durationText(tookMs)}.`,
    factsText(verdicts, paint),
    `${paint('bold', 'Addresses')}\n${factsText(addresses, paint)}`,
    `${paint('bold', 'Programs')} get them with passwords by ${paint('cyan', forPrograms)}`,
  ].join('\n\n');
}
