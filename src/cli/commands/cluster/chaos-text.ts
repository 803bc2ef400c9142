/** What chaos found, for people: a line for each fault, and whatever does not hold. */
import type { Fault } from '../../../cluster/chaos/fault.ts';
import type { Outcome } from '../../../cluster/chaos/outcome.ts';
import type { ChaosResult } from '../../../cluster/chaos/run-chaos.ts';
import type { StormResult } from '../../../cluster/chaos/storm.ts';
import type { Invariant, Offence } from '../../../cluster/chaos/witness.ts';
import { counted } from '../../../runtime/base/format.ts';
import { durationText } from '../../../runtime/report/format.ts';
import type { Paint } from '../../output/colour.ts';
import { type Column, type TableStyle, tableText } from '../../output/table.ts';

const MEANINGS: Readonly<Record<Invariant, string>> = {
  L: 'lost',
  D: 'duplicated or missing',
  H: 'another hash',
  F: 'a stale write',
  G: 'a hole in a stream',
  O: 'left behind',
  C: 'not recovered',
  X: 'another component exited',
};

export const faultText = ({ target, kind }: Fault): string => `${kind} ${target}`;

export const offenceText = ({ invariant, what }: Offence, paint: Paint): string =>
  `${paint('red', invariant)} ${MEANINGS[invariant]}: ${what}`;

export const offencesOf = ({ rounds, storm }: ChaosResult): readonly Offence[] =>
  [...rounds, ...(storm ? [storm] : [])].flatMap(({ offences }) => offences);

const COLUMNS: readonly Column[] = [
  { title: 'component', style: 'cyan' },
  { title: 'fault' },
  { title: 'recovered', align: 'right' },
  { title: 'runs', align: 'right' },
  { title: 'pieces', align: 'right' },
  { title: 'refused', align: 'right' },
  { title: 'verdict', shrinks: true },
];

export function chaosText(result: ChaosResult, seed: number, style: TableStyle): string {
  const { rounds, storm } = result;
  const offences = offencesOf(result);
  const rows = rounds.map(round => [round.fault.target, round.fault.kind, ...cellsOf(round)]);
  return [
    ...(rows.length > 0 ? [tableText(COLUMNS, rows, style)] : []),
    ...(storm ? [stormText(storm, style)] : []),
    ...offences.map(offence => offenceText(offence, style.paint)),
    offences.length === 0
      ? `Everything held: nothing lost, nothing twice, every hash as here. Seed ${seed}.`
      : `${counted(offences.length, 'offence')}. Again: \`gobool cluster chaos --seed ${seed}\` and the same options.`,
  ].join('\n');
}

function cellsOf(outcome: Outcome): readonly string[] {
  const { recoveredMs, runs, pieces, offences } = outcome;
  const broken = [...new Set(offences.map(({ invariant }) => invariant))].sort().join('');
  return [
    recoveredMs === null ? '-' : durationText(recoveredMs),
    String(runs),
    String(pieces),
    String(refusedOf(outcome)),
    broken === '' ? 'ok' : `broken: ${broken}`,
  ];
}

const refusedOf = ({ refusals }: Outcome) => Object.values(refusals).reduce((sum, count) => sum + count, 0);

const USAGE_COLUMNS: readonly Column[] = [
  { title: 'component', style: 'cyan' },
  { title: 'memory', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'descriptors', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'sockets', align: 'right' },
  { title: 'after', align: 'right' },
];

function stormText({ faults, usage, ...outcome }: StormResult, style: TableStyle): string {
  const { before, after } = usage;
  const rows = Object.entries(before).map(([role, was]) => {
    const now = after[role as keyof typeof after];
    const both = (text: (of: typeof was) => string) => [text(was), now ? text(now) : '-'];
    return [
      role,
      ...both(({ memoryBytes }) => `${Math.round(memoryBytes / 1e6)} MB`),
      ...both(({ descriptors }) => String(descriptors)),
      ...both(({ sockets }) => String(sockets)),
    ];
  });
  const { recoveredMs, runs, pieces } = outcome;
  const recovered = recoveredMs === null ? 'not recovered' : `recovered in ${durationText(recoveredMs)}`;
  const facts = [counted(faults.length, 'fault'), `${counted(runs, 'run')}, ${counted(pieces, 'piece')}`, recovered];
  return `${facts.join('; ')}; ${refusedOf(outcome)} refused.\n${tableText(USAGE_COLUMNS, rows, style)}`;
}
