/** docs/sweeps.md lists what the product has: warnings, limits, words of JSON. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS } from '../../../src/runtime/base/limits.ts';
import { sweepFindings } from '../../../src/runtime/report/sweep-findings.ts';
import { sweepData } from '../../../src/runtime/report/sweep-json.ts';
import { OBJECTIVE_NAMES, objectiveOf } from '../../../src/runtime/sweep/objective.ts';
import { sampleSweep } from '../report/sample-sweep.ts';

const page = readFileSync(new URL('../../../docs/sweeps.md', import.meta.url), 'utf8');

test('metrics of which less is better', () => {
  const sentence = /Of (`volatility`[^.]+) less is better/.exec(page)?.[1] ?? '';
  const minimized = OBJECTIVE_NAMES.filter(name => objectiveOf(name).direction === 'minimize');
  expect([...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual([...minimized].sort());
});

test('limits', () => {
  expect(page).toContain(`at most ${LIMITS.sweepSets.toLocaleString('en-US')} sets`);
});

test('JSON names', () => {
  const outcome = sampleSweep();
  const section = page.slice(page.indexOf('## JSON'));
  for (const name of Object.keys(sweepData(outcome, sweepFindings(outcome)))) expect(section).toContain(`\`${name}\``);
});
