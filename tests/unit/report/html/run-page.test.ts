import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunPageData } from '../../../../src/runtime/report/html/page-data.ts';
import { type RunPageContext, renderRunHtml } from '../../../../src/runtime/report/html/run-page.ts';
import { daily } from '../../../helpers/engine.ts';
import { sampleRun } from '../sample-run.ts';
import { NO_ASSETS, sampleContext } from './pages.ts';

const { summary } = sampleRun();
const page = (changes: Partial<RunPageContext> = {}) => renderRunHtml(summary, sampleContext(changes), NO_ASSETS);

/** What a reader sees, without what only the script reads. */
const textOf = (text: string) =>
  text
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const dataOf = (text: string): RunPageData => JSON.parse(/id="data">(.*?)<\/script>/s.exec(text)?.[1] ?? '');

describe('the report of a run', () => {
  test('says what was run, what to doubt, and what came out', () => {
    const text = textOf(page());
    expect(text).toContain('sma-cross');
    expect(text).toContain('stock.SPY.usa@1d, 2020-01-01 to');
    expect(text).toContain('fast 10');
    expect(text).toMatch(/\d reasons? to doubt these numbers/);
    for (const { message } of summary.warnings) expect(page()).toContain(message.slice(0, 30));
    expect(text).toContain('9f3c'.repeat(16));
    expect(text).toContain('0a'.repeat(32));
    expect(text).toContain('Made by gobool 0.1.0');
  });

  test('has every metric with its definition', () => {
    const text = page();
    for (const { definition } of Object.values(summary.metrics)) {
      expect(text).toContain(definition.replaceAll("'", '&#39;').replaceAll('<', '&lt;'));
    }
  });

  test('asks the network for nothing and lets nothing but its own script run', () => {
    const text = page();
    expect(text).toContain('default-src &#39;none&#39;');
    expect(text).toContain('script-src &#39;sha256-none&#39;');
    expect(text).not.toMatch(/(?:src|href|action)="(?!#)|url\(|@import|https?:/);
  });

  test('without prices there is no price panel; with a reason there is the reason', () => {
    expect(page()).not.toContain('id="price"');
    const told = page({ chartNotes: ['Prices are left out: gone.'] });
    expect(told).toContain('Prices are left out: gone.');
    expect(told).not.toContain('id="price-charts"');
  });

  test('feeds can be chosen where there are several', () => {
    const dataset = daily([[10, 12, 9, 11]]);
    const chart = (feed: string) => ({ feed, dataset, indicators: [] });
    expect(page({ charts: [chart('main')] })).not.toContain('<select');
    expect(page({ charts: [chart('a'), chart('b')] })).toContain('<option>b: stock.A.usa@bars</option>');
  });

  test('says each option once, and rates to the hundredth of a per cent', () => {
    const account = {
      maxParticipation: 0.0001,
      maintenanceMargin: 0.25,
      borrow: 0.025,
      interest: 0.0025,
      marginInterest: 0.03,
    };
    const { options } = sampleContext();
    const text = textOf(page({ options: { ...options, ...account } }));
    for (const fact of ['maintenance margin 25.0%', 'borrowed shares 2.50% a year', 'interest 0.25% a year']) {
      expect(text).toContain(fact);
    }
    expect(text).toContain('interest on debt 3.00% a year');
    expect(text).toContain('share of volume at most 0.01%');
    expect(text.match(/maintenance margin/g)).toHaveLength(1);
    expect(text).not.toContain('0.3%');
  });

  test('a run that sees nothing but weekly bars speaks of weeks', () => {
    const { probabilisticSharpe, ...others } = summary.metrics;
    const detail = { ...probabilisticSharpe!.detail, periodsPerYear: 52 };
    const metrics = { ...others, probabilisticSharpe: { ...probabilisticSharpe!, detail } };
    const text = textOf(renderRunHtml({ ...summary, metrics }, sampleContext(), NO_ASSETS));
    expect(text).toMatch(/Weekly returns [\d,]+ weeks against a normal distribution/);
    expect(text).toMatch(/one week in 20 fell below .* beyond 4 deviations \d+ weeks?/);
    expect(text).toContain('All metrics a day of a definition is a week here');
    expect(textOf(page())).not.toContain('week');
  });

  test('small returns have marks that differ', () => {
    const { times } = summary.daily;
    const values = times.map((_, day) => 100_000 + (day % 7));
    const text = renderRunHtml({ ...summary, daily: { times, values } }, sampleContext(), NO_ASSETS);
    const marks = [...text.matchAll(/<span style="left:[\d.]+%">([^<]+)</g)].map(([, label]) => label);
    expect(marks).toEqual(['-0.004%', '-0.002%', '0.000%']);
  });

  test('value at risk is marked within the histogram, its words too', () => {
    const markOf = (returns: readonly number[]) => {
      const values = [100];
      for (const each of returns) values.push(values.at(-1)! * (1 + each));
      const daily = { times: summary.daily.times.slice(0, values.length), values: Float64Array.from(values) };
      return /<b class="(risk[^"]*)" style="left:([^%]+)%/.exec(
        renderRunHtml({ ...summary, daily }, sampleContext(), NO_ASSETS),
      );
    };
    const days = (bad: readonly number[]) => [...bad, ...Array.from({ length: 38 }, (_, day) => (day % 5) / 1000)];
    expect(markOf(days([-0.01, -0.01]))?.slice(1)).toEqual(['risk right', '0.00']);
    expect(markOf(days([-0.03, -0.004]))?.[1]).toBe('risk');
    expect(markOf([...Array(30).fill(0), 0.01, 0.02, 0.03])).toBeNull();
  });

  test('a drawdown is never minus nothing', () => {
    const { times } = summary.daily;
    const values = times.map((_, day) => (day === 1 ? 99_970 : day === 3 ? 99_999 : 100_000 + day / 100));
    const text = textOf(renderRunHtml({ ...summary, daily: { times, values } }, sampleContext(), NO_ASSETS));
    expect(text).toMatch(/days -0\.03% 2020-01-01 .* 0\.00% 2020-01-03 /);
    expect(text).not.toContain('-0.0%');
  });

  test('says whose metrics these are, what was booked, and what it is compared with', () => {
    const benchmark = { ...summary.benchmark, dataset: { name: 'index.X.usa@1d', hash: 'ab' } };
    const other = { ...summary, benchmark, dialect: 'lean', cashFlows: { interest: 12.5 } };
    const text = textOf(renderRunHtml(other, sampleContext(), NO_ASSETS));
    expect(text).toContain('metrics as lean computes them');
    expect(text).toContain('interest 12.50');
    expect(text).toContain('index.X.usa@1d +');
    expect(text).not.toContain('buy & hold');
  });

  test('the data of its plots has a value per time', () => {
    const { equity, trades, rolling } = dataOf(page());
    expect(new Set([equity!.times, equity!.equity, equity!.drawdown, equity!.benchmark].map(c => c.length)).size).toBe(
      1,
    );
    expect(Math.min(...equity!.drawdown.map(Number))).toBeCloseTo(-(summary.metrics.maxDrawdown?.value ?? 0), 3);
    expect(trades.pnl).toHaveLength(summary.trades.length);
    expect(rolling!.sharpe).toHaveLength(rolling!.times.length);
  });

  test('amounts of millions agree with the result to the cent', () => {
    const large = sampleContext();
    const values = large.equity.values.map(value => value * 1000 + 0.01);
    const trades = summary.trades.map(trade => ({ ...trade, fees: 12_345.67, pnl: 98_765_432.19 }));
    const text = renderRunHtml({ ...summary, trades }, { ...large, equity: { ...large.equity, values } }, NO_ASSETS);
    expect(dataOf(text).equity!.equity.at(-1)).toBe(Number(values.at(-1)!.toFixed(2)));
    expect([dataOf(text).trades.fees[0], dataOf(text).trades.pnl[0]]).toEqual([12_345.67, 98_765_432.19]);
  });

  test('a run that never started has a page too', () => {
    const none = { times: new Float64Array(), values: new Float64Array() };
    const never = { ...summary, trades: [], daily: none, benchmark: { ...summary.benchmark, equity: none.values } };
    const text = renderRunHtml(never, sampleContext({ equity: none }), NO_ASSETS);
    expect(text).not.toContain('id="equity"');
    expect(text).not.toContain('id="trades"');
    expect(dataOf(text).equity).toBeUndefined();
  });
});

test('free trading is said loudly', () => {
  const free = sampleRun({ costs: false });
  const context = { ...sampleContext(), options: free.context.options };
  expect(renderRunHtml(free.summary, context, NO_ASSETS)).toContain('<strong class="alarm">no costs</strong>');
});

test('no text of a user changes the structure of the page', () => {
  const structure = (text: string) => text.replace(/"[^"]*"/g, '""').match(/<[!/]?[a-z][^>]*>/gi);
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '<!--', "'-alert(1)-'"),
  );
  const plain = page({ params: { a: 'a' }, chartNotes: ['a'] });
  fc.assert(
    fc.property(nasty, text => {
      const context = {
        strategy: text,
        file: text,
        params: { [text]: text },
        chartNotes: [text],
        datasets: sampleContext().datasets.map(range => ({ ...range, feed: text, dataset: text })),
        version: text,
      };
      const warnings = summary.warnings.map(({ code }) => ({ code, message: text }));
      const trades = summary.trades.map(trade => ({ ...trade, product: text }));
      const made = renderRunHtml({ ...summary, warnings, trades }, sampleContext(context), NO_ASSETS);
      expect(structure(made)).toEqual(structure(plain));
      expect(dataOf(made).trades.products).toEqual([text]);
    }),
    { numRuns: 40 },
  );
});
