/** The status of a cluster for a person: a table, then what each component proved, then what is wrong. */
import type { ClusterStatus, ComponentStatus } from '../../../cluster/dev/cluster-status.ts';
import { counted, percent } from '../../../runtime/base/format.ts';
import type { Paint } from '../../output/colour.ts';
import { factsText } from '../../output/facts.ts';
import type { Output } from '../../output/output.ts';
import { ageText, bytesText } from '../../output/quantities.ts';
import { type Column, tableText } from '../../output/table.ts';
import { clusterText, memoryText, probeText, problemText, progressText, wantedOf } from './component-text.ts';

const NONE = '-';

export function statusText(status: ClusterStatus, out: Output): string {
  const components = wantedOf(status);
  if (components.length === 0) return `${clusterText(status, out.paint)}. Start it with \`gobool cluster up\`.`;
  const proofs = components.map(component => [component.name, proofText(component, out)] as const);
  return [
    `${titleText(status, out.paint)}\n`,
    componentTable(components, out),
    `\n${factsText(proofs, out.paint)}`,
    ...components.flatMap(component => driftLines(component, out.paint)),
  ].join('\n');
}

function titleText(status: ClusterStatus, paint: Paint): string {
  const { driver, daemonPid } = status;
  const facts = [
    `driver ${driver}`,
    daemonPid === null ? 'no daemon' : `daemon ${daemonPid}`,
    counted(wantedOf(status).length, 'component'),
    memoryText(status),
  ];
  const details = facts.filter(fact => fact !== undefined).join(', ');
  return `${clusterText(status, paint)} ${paint('dim', `(${details})`)}`;
}

const COLUMNS: readonly Column[] = [
  { title: 'component', style: 'cyan' },
  { title: 'state' },
  { title: 'for', align: 'right' },
  { title: 'pid', align: 'right' },
  { title: 'port', align: 'right' },
  { title: 'version', shrinks: true },
  { title: 'from', style: 'dim' },
  { title: 'memory', align: 'right' },
  { title: 'cpu', align: 'right' },
  { title: 'restarts', align: 'right' },
];

function componentTable(components: readonly ComponentStatus[], out: Output): string {
  const nowMs = out.nowMs();
  const rows = components.map(({ name, state, sinceMs, pid, port, origin, memoryBytes, cpu, restarts }) => [
    name,
    state,
    ageText(nowMs - sinceMs),
    pid === null ? NONE : String(pid),
    String(port),
    origin?.version ?? NONE,
    origin?.route ?? NONE,
    memoryBytes === null ? NONE : bytesText(memoryBytes),
    cpu === null ? NONE : percent(cpu),
    String(restarts),
  ]);
  return tableText(COLUMNS, rows, out);
}

/** The evidence of a healthy component, the problem and the hint of any other. */
function proofText({ problem, probe, progress }: ComponentStatus, { paint, nowMs }: Output): string {
  if (problem !== null) {
    const hint = problem.hint === null ? '' : ` ${problem.hint}`;
    return `${problemText(problem, paint)}${hint}`;
  }
  if (progress !== null) return progressText(progress);
  return probe === null ? paint('dim', 'not probed yet') : probeText(probe, nowMs());
}

function driftLines({ name, drift }: ComponentStatus, paint: Paint): readonly string[] {
  return (drift ?? []).map(line => `  ${paint('yellow', 'differs')} ${name}: ${line}`);
}
