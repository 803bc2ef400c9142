/**
 * The script and the style sheet of reports, as text to put into a page. They are made when gobool itself is built;
 * gobool run from its sources makes them on the way.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownElement } from '../../report/html/markup.ts';
import type { PageAssets } from '../../report/html/page.ts';
import { loadEsbuild } from '../bundler/load-esbuild.ts';
import { OWN_PAGE } from '../own-files.ts';

export interface BuiltPage {
  readonly script: string;
  readonly style: string;
  /** Paths of the files that they were made from. */
  readonly inputs: readonly string[];
}

export async function pageAssets(): Promise<PageAssets> {
  const { script, style } = 'source' in OWN_PAGE ? await buildPage(OWN_PAGE.source) : readPage(OWN_PAGE);
  return { script, style, scriptSha256: sha256OfElement(script) };
}

/** `source`: the page's first file; its style sheet lies beside it. */
export async function buildPage(source: string): Promise<BuiltPage> {
  const { outputFiles, metafile } = await loadEsbuild().build({
    entryPoints: [source, source.replace(/ts$/, 'css')],
    outdir: join(dirname(source), 'built'),
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2022', 'chrome115', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'inline',
    tsconfigRaw: '{}',
    logLevel: 'silent',
  });
  const text = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))?.text.trim() ?? '';
  return { script: text('.js'), style: text('.css'), inputs: Object.keys(metafile.inputs) };
}

function readPage({ script, style }: { readonly script: string; readonly style: string }) {
  return { script: readFileSync(script, 'utf8'), style: readFileSync(style, 'utf8') };
}

/** Of what stands between the tags. */
function sha256OfElement(script: string): string {
  const inside = ownElement('script', script).toString().slice('<script>'.length, -'</script>'.length);
  return createHash('sha256').update(inside).digest('base64');
}
