/**
 * Where those of gobool's own files lie that threads and bundles load: in `dist` of the installed package, or among the sources
 * when gobool runs from them, as its tests do. Both have the same layout.
 */
import { fileURLToPath } from 'node:url';

const here = import.meta.url;
const extension = here.endsWith('/host/own-files.ts') ? '.ts' : '.js';
const folder = extension === '.ts' ? new URL('../', here) : new URL('runtime/', here.replace(/(.*\/dist\/).*/, '$1'));
const ownFile = (name: string): URL => new URL(`${name}${extension}`, folder);

/** The parts that the bundler links with a strategy, as paths. They share one copy of every module. */
export interface RuntimeFiles {
  /** What `import ... from 'gobool'` means. */
  readonly sdk: string;
  /** Exports `makeBundle`. */
  readonly bundleEntry: string;
  /** The globals of a run. */
  readonly ambient: string;
}

export const RUNTIME_FILES: RuntimeFiles = {
  sdk: fileURLToPath(ownFile('index')),
  bundleEntry: fileURLToPath(ownFile('bundle/bundle-entry')),
  ambient: fileURLToPath(ownFile('sdk/ambient')),
};

export const THREAD_WORKER_URL = ownFile('host/thread-worker');
