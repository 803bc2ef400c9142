/** Reports in a real browser: everything is drawn, nothing complains, nothing is asked of the network. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openPage } from '../helpers/chromium.ts';
import { gobool, REPOSITORY, temporaryFolder } from '../helpers/cli.ts';
import { strategyText } from '../helpers/cli-project.ts';

const EXAMPLE = join(REPOSITORY, 'examples/strategies/macd-signals.ts');
const SWEEP = ['--param', 'fast=6..14:2', '--param', 'slow=20..40:5', '--from', '2018-01-01'];

/** How often a piece of markup is there. */
const count = (dom: string, pattern: RegExp) => dom.match(pattern)?.length ?? 0;

/** The page with a script of the test in it, which its policy would refuse; what that script wrote into the title. */
async function after(page: string, script: string): Promise<string> {
  const driven = page.replace(/\.html$/, '-driven.html');
  const text = readFileSync(page, 'utf8').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  const act = `requestAnimationFrame(() => setTimeout(async () => { document.title = String(await (async () => { ${script} })()); }));`;
  writeFileSync(driven, text.replace('</body>', `<script>${act}</script></body>`));
  const { dom, console } = await openPage(driven);
  expect(console).toEqual([]);
  return /<title>(.*?)<\/title>/s.exec(dom)?.[1] ?? '';
}

describe('the report of a run', () => {
  let page = '';
  beforeAll(async () => {
    const cwd = temporaryFolder.call(undefined);
    page = join(cwd, 'run.html');
    const { exitCode } = await gobool(['backtest', EXAMPLE, '--report', page, '--no-store'], { cwd });
    expect(exitCode).toBe(0);
  });

  test('is drawn whole, without a complaint', async () => {
    const { dom, console, drawnMs } = await openPage(page);
    expect(console).toEqual([]);
    expect(drawnMs).toBeGreaterThan(0);
    expect(count(dom, /<canvas/g)).toBe(5);
    expect(dom).toContain('<table class="months">');
  });
});
