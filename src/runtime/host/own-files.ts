/**
 * Where those of gobool's own files lie that threads and bundles load: in `dist` of the installed package, or among the
 * sources when gobool runs from them, as its tests do. Both have the same layout.
 */
import { fileURLToPath } from 'node:url';

const here = import.meta.url;
const extension = here.endsWith('/host/own-files.ts') ? '.ts' : '.js';
const folder = extension === '.ts' ? new URL('../', here) : new URL('runtime/', here.replace(/(.*\/dist\/).*/, '$1'));
const ownFile = (name: string): URL => new URL(`${name}${extension}`, folder);

/** The modules that a bundle holds beside the strategy, as paths. */
export interface RuntimeFiles {
  /** What `import ... from 'gobool'` means. */
  readonly sdk: string;
  /** Exports `makeBundle`. */
  readonly bundleEntry: string;
  /** The globals of a run. */
  readonly ambient: string;
}

/** The modules, or the one text that they were made into when gobool was built. */
export type OwnRuntime = RuntimeFiles | { readonly built: string };

export const OWN_RUNTIME: OwnRuntime =
  extension === '.ts'
    ? {
        sdk: fileURLToPath(ownFile('index')),
        bundleEntry: fileURLToPath(ownFile('bundle/bundle-entry')),
        ambient: fileURLToPath(ownFile('sdk/ambient')),
      }
    : { built: fileURLToPath(ownFile('bundle/runtime')) };

export const THREAD_WORKER_URL = ownFile('host/thread-worker');

/** The script and the style sheet of reports: their source, or what they were made into when gobool was built. */
export type OwnPage = { readonly source: string } | { readonly script: string; readonly style: string };

export const OWN_PAGE: OwnPage =
  extension === '.ts'
    ? { source: fileURLToPath(new URL('../report-page/main.ts', folder)) }
    : {
        script: fileURLToPath(new URL('../report-page/main.js', folder)),
        style: fileURLToPath(new URL('../report-page/main.css', folder)),
      };
