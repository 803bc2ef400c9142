/** Reports in a real browser: everything is drawn, nothing complains, nothing is asked of the network. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { csvOf, randomBars } from '../../bench/lib/market.ts';
import { type Look, openPage } from '../helpers/chromium.ts';
import { gobool, REPOSITORY } from '../helpers/cli.ts';
import { pricesCsv, strategyText } from '../helpers/cli-project.ts';

const EXAMPLE = join(REPOSITORY, 'examples/strategies/macd-signals.ts');
const folder = mkdtempSync(join(tmpdir(), 'gobool-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** Writes a page with these arguments, once for all tests that look at it. */
function pageOf(name: string, args: readonly string[]): () => Promise<string> {
  const path = join(folder, `${name}.html`);
  let made: Promise<string> | undefined;
  const make = async () => {
    const { exitCode, stderr } = await gobool([...args, '--report', path, '--no-store'], { cwd: folder });
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    return path;
  };
  return () => {
    made ??= make();
    return made;
  };
}

/** What `script` returns in the page. The page's policy would refuse the script, so it is left out here. */
async function evaluate(page: string, script: string, look: Look = {}): Promise<unknown> {
  const text = readFileSync(page, 'utf8').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  const act = `const frame = () => new Promise(done => setTimeout(done, 50));
    const all = selector => [...document.querySelectorAll(selector)];
    frame().then(async () => { ${script} }).then(answer => { document.title = JSON.stringify(answer); });`;
  const driven = page.replace('.html', '-driven.html');
  writeFileSync(driven, text.replace(/<\/body>\s*<\/html>\s*$/, `<script>${act}</script></body></html>`));
  const { dom, console } = await openPage(driven, look);
  expect(console).toEqual([]);
  return JSON.parse(/<title>(.*?)<\/title>/s.exec(dom)?.[1] ?? '');
}

describe('the report of a run', () => {
  const run = pageOf('run', ['backtest', EXAMPLE]);

  test.each([
    ['a desk', { width: 1280 }],
    ['a phone in the dark', { width: 390, flags: ['--blink-settings=preferredColorScheme=0'] }],
    ['a wall', { width: 3840 }],
  ])('is drawn whole on %s, without a complaint', async (_, look) => {
    const { dom, console, drawnMs } = await openPage(await run(), look);
    expect(console).toEqual([]);
    expect(drawnMs).toBeGreaterThan(0);
    expect(count(dom, /<canvas/g)).toBe(5);
    expect(dom).toMatch(/<table class="months">.*<tbody><tr><th scope="row">2018/s);
    expect(count(dom, /<button type="button" aria-pressed="true"><i/g)).toBe(3);
  });

  test('asks the network for nothing', async () => {
    const text = readFileSync(await run(), 'utf8');
    expect(text).not.toMatch(/(?:src|href|action|poster)\s*=\s*["']?\s*(?:https?:)?\/\//i);
    expect(text).not.toMatch(/url\(|@import|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/);
    expect(text).toContain('default-src &#39;none&#39;');
  });

  test('trades are sorted, filtered and shown on the price', async () => {
    const seen = await evaluate(
      await run(),
      `const cells = column => all('#trade-rows tbody tr[tabindex]').map(row => row.cells[column].textContent);
      const titles = all('#trade-rows th').map(head => head.textContent);
      all('#trade-rows th button')[titles.indexOf('profit')].click();
      const profits = cells(titles.indexOf('profit')).map(text => Number(text.replaceAll(',', '')));
      const filter = document.getElementById('trade-filter');
      filter.value = 'win 2016';
      filter.dispatchEvent(new Event('input'));
      const entries = cells(titles.indexOf('entry'));
      const before = all('#price-charts time')[0].textContent;
      const down = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true });
      const [firstRow] = all('#trade-rows tbody tr[tabindex="0"]');
      firstRow.focus();
      firstRow.dispatchEvent(down);
      const focused = document.activeElement.ariaRowIndex;
      all('#trade-rows tbody tr[tabindex]')[0].click();
      await frame();
      const after = all('#price-charts time')[0].textContent;
      return { profits, entries, said: document.getElementById('trade-count').textContent, before, after, focused,
        sorted: all('#trade-rows [aria-sort=descending]').length };`,
    );
    const { profits, entries, ...rest } = seen as { profits: number[]; entries: string[] };
    expect(profits).toEqual(profits.toSorted((a, b) => b - a));
    expect(entries.every(entry => /^201[56]/.test(entry))).toBe(true);
    expect(rest).toEqual({
      said: expect.stringMatching(/^\d+ of 475 trades; choose one/),
      before: expect.stringMatching(/^2018-12-31/),
      after: expect.stringMatching(/^201[56]/),
      sorted: 1,
      focused: '3',
    });
  });

  test('plots listen to keys, buttons and the logarithm', async () => {
    const seen = await evaluate(
      await run(),
      `const chart = document.getElementById('drawdown-chart');
      const time = () => all('#equity-chart time')[0].textContent;
      const press = async key => { chart.dispatchEvent(new KeyboardEvent('keydown', { key })); await frame(); return time(); };
      const times = [await press('+'), await press('ArrowLeft'), await press('0')];
      all('#spans button')[0].click();
      document.getElementById('log').click();
      await frame();
      all('#series button')[0].click();
      document.getElementById('held').click();
      await frame();
      const shown = all('#equity-chart .read-out > span:not([hidden])').map(each => each.textContent.split(' ')[0]);
      const read = all('#price-charts .read-out')[0];
      return { times, pressed: all('#spans [aria-pressed=true]').map(each => each.textContent),
        canvases: all('canvas').length, shown, hidden: [...read.children].filter(each => each.hidden).length };`,
    );
    const { times, ...rest } = seen as { times: string[] };
    expect(Date.parse(times[0] ?? '')).toBeLessThan(Date.parse('2018-12-31'));
    expect(Date.parse(times[1] ?? '')).toBeLessThan(Date.parse(times[0] ?? ''));
    expect(times[2]).toBe('2018-12-31');
    expect(rest).toEqual({ pressed: ['1W'], canvases: 5, shown: ['equity', ''], hidden: 1 });
  });
});

test('ten thousand trades: few rows at a time, under 3 MB', async () => {
  writeFileSync(join(folder, 'bars.csv'), csvOf(randomBars(40_008, 1)));
  const body = 'onBar({ bar, order }) { if (bar.index % 2 === 0) order.target(bar.index % 4 === 0 ? 0 : 1); },';
  writeFileSync(join(folder, 'busy.ts'), strategyText(body).replace(', int', ''));
  const page = await pageOf('busy', ['backtest', 'busy.ts', '--data', 'bars.csv'])();
  expect(statSync(page).size).toBeLessThan(3e6);
  const rows = await evaluate(
    page,
    `const list = document.getElementById('trade-rows');
    const shown = () => all('#trade-rows tbody tr[tabindex]').map(row => row.cells[0].textContent);
    const first = shown();
    list.scrollTop = list.scrollHeight;
    list.dispatchEvent(new Event('scroll'));
    return { first, last: shown().at(-1), count: document.querySelector('#trade-rows table').ariaRowCount };`,
  );
  const { first, last, count: all } = rows as { first: string[]; last: string; count: string };
  expect(first[0]).toBe('1');
  expect(first.length).toBeLessThan(80);
  expect(Number(last.replace(',', ''))).toBeGreaterThanOrEqual(10_000);
  expect(Number(all)).toBe(Number(last.replace(',', '')) + 1);
});

test('a single bar is a candle', async () => {
  const csv = 'time,open,high,low,close\n2024-01-02,100,101,90,91\n';
  writeFileSync(join(folder, 'bar.csv'), csv);
  await gobool(['data', 'import', 'bar.csv', '--product', 'stock.BAR.usa', '--interval', '1d'], { cwd: folder });
  writeFileSync(join(folder, 'bar.ts'), strategyText("data: 'stock.BAR.usa@1d', onBar() {},"));
  const script = `const [canvas] = all('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((red, at) => at % 4 === 0 && red > 150 && data[at + 1] < 90 && data[at + 3] === 255).length;`;
  expect(await evaluate(await pageOf('bar', ['backtest', 'bar.ts'])(), script)).toBeGreaterThan(100);
});

test('a hostile name stays a name', async () => {
  const name = '</script><script>document.title="taken"</script><img src=x onerror=alert(1)>';
  const text = readFileSync(EXAMPLE, 'utf8').replace("'macd-signals'", JSON.stringify(name));
  writeFileSync(join(folder, 'hostile.ts'), text);
  const { dom, console } = await openPage(await pageOf('hostile', ['backtest', 'hostile.ts'])());
  expect(console).toEqual([]);
  expect(dom).toContain('<h1>&lt;/script&gt;&lt;script&gt;');
  expect(count(dom, /<img|<title>taken/g)).toBe(0);
});

test('the policy refuses a script that is not gobool’s', async () => {
  const page = await pageOf('refused', ['backtest', EXAMPLE, '--from', '2018-01-01'])();
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace('</body>', '<script>document.title = "taken"</script></body>'),
  );
  const { dom, console } = await openPage(page);
  expect(dom).not.toContain('<title>taken');
  expect(console).toEqual([expect.stringContaining('Content Security Policy')]);
});

describe('the report of a sweep', () => {
  const params = [
    '--param',
    'fast=6..14:2',
    '--param',
    'slow=20..40:5',
    '--param',
    'signal=8..9',
    '--set',
    'trend=100',
  ];
  const sweep = pageOf('sweep', ['sweep', EXAMPLE, ...params, '--from', '2018-01-01']);

  test.each([1280, 1000, 600])('its tiles leave no hole on %i pixels', async width => {
    const script = `const [tiles] = all('.tiles');
      const right = element => element.getBoundingClientRect().right;
      return right(tiles) - right(tiles.lastElementChild);`;
    expect(await evaluate(await sweep(), script, { width })).toBeLessThan(2);
  });

  test('has a heat map, profiles and all sets', async () => {
    const { dom, console } = await openPage(await sweep());
    expect(console).toEqual([]);
    expect(count(dom, /<td title="[^"]*, of 2 sets"/g)).toBe(25);
    expect(count(dom, /<figure>/g)).toBe(3);
    expect(dom).toContain('aria-rowcount="51"');
    expect(dom).toMatch(/<b>◆<\/b>/);
  });

  test('other parameters can be looked at, and a cell lists its best set', async () => {
    const seen = await evaluate(
      await sweep(),
      `const up = document.getElementById('heat-up');
      up.value = '2';
      up.dispatchEvent(new Event('change'));
      const cells = all('#heat-map td').length;
      all('#heat-map td')[0].click();
      return { cells, caption: all('#heat-map caption')[0].textContent, filter: document.getElementById('rank-filter').value,
        listed: document.getElementById('rank-count').textContent };`,
    );
    expect(seen).toEqual({
      cells: 10,
      caption: 'fast across, signal up',
      filter: expect.stringMatching(/^fast=6 slow=\d+ signal=9$/),
      listed: '1 of 50 sets',
    });
  });

  test('a cell lists one set, also where the words of a choice begin like those of another', async () => {
    const body = `
      data: 'prices.csv',
      params: { every: int(5, { min: 1, max: 60 }), mode: choice('long', ['long', 'long short']) },
      onBar({ bar, params, order }) {
        if (bar.index % params.every === 0) order.target(params.mode.length / 20 * ((bar.index / params.every) % 2));
      },`;
    writeFileSync(join(folder, 'prices.csv'), pricesCsv(120));
    writeFileSync(join(folder, 'words.ts'), strategyText(body).replace(', int', ', choice, int'));
    const page = await pageOf('words', ['sweep', 'words.ts', '--param', 'every=2,3', '--param', 'mode'])();
    const script = `return all('#heat-map td').map(cell => {
        cell.click();
        return document.getElementById('rank-count').textContent;
      });`;
    expect(await evaluate(page, script)).toEqual(Array(4).fill('1 of 4 sets'));
  });

  test('sets without a value differ from the worst, also where cells are too narrow for values', async () => {
    const body = `
      data: 'prices.csv',
      params: { every: int(5, { min: 1, max: 60 }), mode: int(0, { min: 0, max: 1 }) },
      onBar({ bar, params, order }) {
        if (params.mode === 1) return;
        if (bar.index % params.every === 0) order.target((bar.index / params.every) % 2 === 0 ? 1 : 0);
      },`;
    writeFileSync(join(folder, 'prices.csv'), pricesCsv(120));
    writeFileSync(join(folder, 'modes.ts'), strategyText(body));
    const page = await pageOf('modes', ['sweep', 'modes.ts', '--param', 'every=1..30', '--param', 'mode=0..1'])();
    const seen = await evaluate(
      page,
      `const cells = all('#heat-map td');
      const colours = cells.map(cell => getComputedStyle(cell).backgroundColor);
      const unknown = cells.map((cell, index) => cell.textContent === '-' ? index : -1).filter(index => index >= 0);
      return { unknown: unknown.length, shared: unknown.some(index =>
          colours.some((colour, other) => colour === colours[index] && !unknown.includes(other))),
        legend: document.getElementById('heat-legend').textContent };`,
    );
    expect(seen).toEqual({ unknown: 30, shared: false, legend: expect.stringContaining('- not defined') });
  });

  test('cells show whole values, or none where they are too narrow', async () => {
    const seen = [];
    for (const width of [1280, 150]) {
      seen.push(
        await evaluate(
          await sweep(),
          `document.getElementById('heat-map').style.width = '${width}px';
          document.getElementById('heat-others').dispatchEvent(new Event('change'));
          const cells = all('#heat-map td');
          return { cut: cells.some(cell => cell.scrollWidth > cell.clientWidth),
            values: cells.filter(cell => /\\d/.test(cell.textContent)).length, titled: cells.every(cell => cell.title) };`,
        ),
      );
    }
    expect(seen).toEqual([
      { cut: false, values: 25, titled: true },
      { cut: false, values: 0, titled: true },
    ]);
  });

  test('labels below many columns do not run into each other', async () => {
    const script = `const ends = all('#heat-map .feet th').filter(head => head.textContent).map(head => {
        const range = document.createRange();
        range.selectNodeContents(head);
        return range.getBoundingClientRect();
      });
      return ends.slice(1).every((label, index) => label.left > ends[index].right);`;
    const page = await pageOf('many', ['sweep', EXAMPLE, '--param', 'trend=1000..1060'])();
    expect([await evaluate(page, script), await evaluate(page, script, { width: 400 })]).toEqual([true, true]);
  });

  test('long names of choices stay in their place, and are there in full', async () => {
    const long = 'a choice whose name goes on and on';
    const body = `
      data: 'prices.csv',
      params: { every: int(5, { min: 1, max: 60 }), mode: choice('short', ['short', 'other', '${long}']) },
      onBar({ bar, params, order }) {
        if (bar.index % params.every === 0) order.target((bar.index / params.every) % 2 === 0 ? 1 : 0);
      },`;
    writeFileSync(join(folder, 'prices.csv'), pricesCsv(120));
    writeFileSync(join(folder, 'choices.ts'), strategyText(body).replace(', int', ', choice, int'));
    const page = await pageOf('choices', ['sweep', 'choices.ts', '--param', 'every=2,3,4,5', '--param', 'mode'])();
    const seen = await evaluate(
      page,
      `const within = (part, whole) => part.getBoundingClientRect().bottom <= whole.getBoundingClientRect().bottom;
      const head = all('#heat-map th[scope=row]')[0];
      return { ticks: all('.profile .ticks span').every(tick => within(tick, document.getElementById('profiles'))),
        head: [head.title, getComputedStyle(head).textOverflow] };`,
    );
    expect(seen).toEqual({ ticks: true, head: [long, 'ellipsis'] });
  });
});
