/**
 * `npm run bench [part ...]`: one JSON object for every number as soon as it is known, then all of them as a table.
 * Exit code 1 where the engine and the C loop disagree; a number that misses what we want is only marked.
 */
import { type Row, tableOf } from './lib/row.ts';
import { measureCluster } from './measure/cluster.ts';
import { measureCommand } from './measure/command.ts';
import { measureData } from './measure/data.ts';
import { measureEngine } from './measure/engine.ts';
import { measureGateway } from './measure/gateway.ts';
import { measureIndicators } from './measure/indicators.ts';
import { measureMemory } from './measure/memory.ts';
import { measureReport } from './measure/report.ts';
import { measureShapes } from './measure/shapes.ts';
import { measureStreams } from './measure/streams.ts';
import { measureSweep } from './measure/sweep.ts';

const PARTS: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  engine: measureEngine,
  shapes: measureShapes,
  sweep: measureSweep,
  indicators: measureIndicators,
  memory: measureMemory,
  data: measureData,
  command: measureCommand,
  report: measureReport,
  cluster: measureCluster,
  gateway: measureGateway,
  streams: measureStreams,
};

const chosen = process.argv.slice(2);
const rows: Row[] = [];
for (const [part, measure] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(part)) continue;
  for (const row of await measure()) {
    rows.push(row);
    console.log(JSON.stringify({ bench: part, ...row }));
  }
}
console.log(`\n${tableOf(rows)}`);
