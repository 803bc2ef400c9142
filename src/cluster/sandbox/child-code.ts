/**
 * The program inside of sandboxes and the thread that it starts, each as one text, because no other file can be read
 * there. They are made when gobool itself is built; gobool run from its sources makes them on the way.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEsbuild } from '../../runtime/host/bundler/load-esbuild.ts';
import { THREAD_WORKER_URL } from '../../runtime/host/own-files.ts';

export interface ChildCode {
  readonly child: string;
  readonly thread: string;
}

const here = import.meta.url;
const isSource = here.endsWith('/sandbox/child-code.ts');
const folder = isSource ? new URL('./', here) : new URL('cluster/sandbox/', here.replace(/(.*\/dist\/).*/, '$1'));

/** The program where there is no isolation: it then finds its thread among gobool's own files. */
export const CHILD_FILE = fileURLToPath(new URL(isSource ? 'child.ts' : 'child.js', folder));
const THREAD_FILE = fileURLToPath(isSource ? THREAD_WORKER_URL : new URL('thread.js', folder));

/** Where the two lie inside: in the layout of `dist`, by which the one finds the other. */
export const CHILD_INSIDE = '/gobool/dist/cluster/sandbox/child.js';
export const THREAD_INSIDE = '/gobool/dist/runtime/host/thread-worker.js';

let known: ChildCode | undefined;

export function childCode(): ChildCode {
  known ??= isSource ? buildChildCode() : { child: read(CHILD_FILE), thread: read(THREAD_FILE) };
  return known;
}

/** From the sources. */
export function buildChildCode(): ChildCode {
  return { child: build(CHILD_FILE), thread: build(THREAD_FILE) };
}

const read = (file: string): string => readFileSync(file, 'utf8');

function build(entry: string): string {
  const { outputFiles } = loadEsbuild().buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minifyWhitespace: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    legalComments: 'none',
    tsconfigRaw: '{}',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
