/** The report of a sweep, as one HTML file. Pure: everything that it shows is an argument. */

import { counted, grouped, percent } from '../../../base/format.ts';
import type { ParamValue } from '../../../sdk/params.ts';
import type { SweepRun } from '../../../sweep/sweep-result.ts';
import { bestCommand } from '../../best-command.ts';
import { SAMPLE_SOURCE } from '../../feed-text.ts';
import { durationText, feeText, metricText, momentText, slippageText } from '../../format.ts';
import { metricLabel } from '../../metric-label.ts';
import { metricUnit } from '../../metric-unit.ts';
import type { SweepFindings } from '../../sweep-findings.ts';
import type { SweepOutcome } from '../../sweep-outcome.ts';
import { sweepRate } from '../../sweep-rate.ts';
import { type Fact, factList, feedText, optionFacts, paramChips } from '../facts.ts';
import { longList } from '../long-list.ts';
import { type Content, type Html, html } from '../markup.ts';
import { type PageAssets, pageText } from '../page.ts';
import { panel } from '../panel.ts';
import { tile } from '../tile.ts';
import { warningList } from '../warning-list.ts';
import { keptText, neighbourhoodPanel } from './neighbourhood-panel.ts';
import { profilePanel } from './profile-panel.ts';
import { sweepData } from './sweep-data.ts';

export interface SweepPageContext {
  /** The gobool that makes the report. */
  readonly version: string;
  readonly findings: SweepFindings;
}

/** Ends with a line break. */
export function renderSweepHtml(outcome: SweepOutcome, context: SweepPageContext, assets: PageAssets): string {
  const { findings } = context;
  const { stability } = findings;
  const panels: readonly (readonly [id: string, name: string, content: Html | undefined])[] = [
    ['heat', 'Heat map', heatPanel(outcome)],
    ['neighbourhood', 'Neighbourhood', stability === null ? undefined : neighbourhoodPanel(outcome, stability)],
    ['profiles', 'Parameters', profilePanel(outcome)],
    ['ranking', 'Ranking', rankingPanel(outcome)],
    ['provenance', 'Provenance', provenancePanel(outcome)],
  ];
  const shown = panels.filter(([, , content]) => content !== undefined);
  return pageText(
    {
      title: `${outcome.strategy} · sweep ${outcome.sweepId} · gobool`,
      contents: shown.map(([id, name]) => [id, name]),
      head: pageHead(outcome, findings),
      body: shown.map(([, , content]) => content),
      data: sweepData(outcome, findings),
      version: context.version,
    },
    assets,
  );
}

function pageHead(outcome: SweepOutcome, findings: SweepFindings): Html {
  const { strategy, datasets, fixed, file, options, kind, where } = outcome;
  const space = [
    kind === 'grid' ? 'every set of the grid' : 'sets drawn at random',
    ...(where === null ? [] : [`where ${where}`]),
  ];
  return html`<p class="kind">Sweep</p>
<h1>${strategy}</h1>
<p class="over">${datasets.map((range, index) => html`${index > 0 && html`<br>`}${feedText(range)}`)}</p>
${paramChips(fixed)}
<p class="hash"><span>${counted(outcome.runs.length, 'set')}, ${space.join(', ')}</span>
<span>${file}</span><span>${costsText(options)}</span></p>
${warningList(findings.warnings)}
${tiles(outcome, findings)}
${bestLine(outcome, findings.best)}`;
}

function costsText({ fee, slippage }: SweepOutcome['options']): Content {
  if (fee.kind === 'none' && slippage.kind === 'none') return html`<strong class="alarm">no costs</strong>`;
  return `fees ${feeText(fee)}, slippage ${slippageText(slippage)}`;
}

function tiles(outcome: SweepOutcome, { best, stability }: SweepFindings): Html {
  const { runs, objective, elapsedMs, workers, resumed } = outcome;
  const { metric } = objective;
  const text = (value: number | null | undefined) => metricText({ value: value ?? null, unit: metricUnit(metric) });
  const rate = resumed < runs.length ? `${grouped(sweepRate(outcome).stepsPerSecond)} bars a second, ` : '';
  const won = runs.filter(run => run.finalEquity > outcome.options.cash).length;
  return html`<dl class="tiles">
${tile(`best ${metricLabel(metric)}`, text(best.metrics[metric]), `of ${grouped(runs.length)}: partly luck`)}
${tile('median around it', text(stability?.best.around.median), `worst ${text(stability?.best.around.worst)}`)}
${tile('lead kept around it', keptText(stability), '100% is a plateau, 0% a lone peak')}
${tile('typical set', text(stability?.typical), 'median of all sets')}
${tile('sets with a profit', percent(won / Math.max(1, runs.length), 0), `${grouped(won)} of ${grouped(runs.length)}`)}
${tile('time', durationText(elapsedMs), rate + counted(workers, 'worker'))}
</dl>`;
}

/** How to see the best set in full. */
function bestLine(outcome: SweepOutcome, best: SweepRun): Html {
  return html`<p class="command">The best set, in full: <code>${bestCommand(outcome, best)} --report</code></p>`;
}

function valueText(value: ParamValue | undefined): string {
  return value === undefined ? '' : String(value);
}

function heatPanel({ axes, objective }: SweepOutcome): Html | undefined {
  if (axes.length === 0) return undefined;
  const choices = (id: string, label: string, chosen: number) =>
    html`<label>${label} <select id="${id}">${axes.map(
      ({ name }, index) => html`<option value="${index}"${index === chosen && html` selected`}>${name}</option>`,
    )}</select></label>`;
  const [across, up] = axes
    .map((axis, index) => ({ index, count: axis.values.length }))
    .sort((a, b) => b.count - a.count);
  const others = html`<label>others <select id="heat-others"><option value="best">at their best</option>
<option value="median">median</option><option value="mean">mean</option></select></label>`;
  const tools = up && [choices('heat-across', 'across', across!.index), choices('heat-up', 'up', up.index), others];
  const title = `${metricLabel(objective.metric)} over the parameters`;
  const content = html`<div class="scroll" id="heat-map" tabindex="0" role="region" aria-label="${title}"></div>
<p class="note" id="heat-legend"></p>`;
  return panel({ id: 'heat', title, tools }, content);
}

function rankingPanel({ objective }: SweepOutcome): Html {
  const { tools, content } = longList('rank', 'Ranking', 'fast=10 slow=50');
  return panel({ id: 'ranking', title: 'Ranking', note: `by ${metricLabel(objective.metric)}`, tools }, content);
}

function provenancePanel(outcome: SweepOutcome): Html {
  const { sweepId, sweepKey, createdMs, datasets, options, file, axes, stepsPerRun } = outcome;
  const code = (text: string) => html`<code>${text}</code>`;
  const facts = factList([
    ['sweep', code(sweepId)],
    ['made', `${momentText(Math.floor(createdMs / 1000) * 1000)} UTC`],
    ['strategy file', file],
    ['bars of a run', grouped(stepsPerRun)],
    ...axes.map(({ name, values }) => {
      const range = `${valueText(values[0])} to ${valueText(values.at(-1))}`;
      return [name, `${range}, ${counted(values.length, 'value')}`] as const;
    }),
    ...optionFacts(options),
  ]);
  const hashes: readonly Fact[] = [
    ['sweep key', code(sweepKey)],
    ...datasets.map(
      ({ dataset, hash, sample }) => [dataset, html`${code(hash)}${sample && html`<br>${SAMPLE_SOURCE}`}`] as const,
    ),
  ];
  return panel({ id: 'provenance', title: 'Provenance' }, [facts, factList(hashes, 'hashes')]);
}
