/**
 * The folder in which the tests of one run keep their clusters. At the end everything in it is taken down, and what
 * is left behind fails the run: a process, or a file outside the folders of clusters.
 */
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { clusterCommand } from './cluster-command.ts';
import { processesOf } from './leaks.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Each subfolder is a project with clusters. */
    clusterRoot: string;
  }
}

export function setup({ provide }: TestProject): () => Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gobool-cluster-')));
  provide('clusterRoot', root);
  return async () => {
    for (const project of readdirSync(root)) await takeDown(join(root, project));
    const leaks = processesOf(root);
    if (leaks.length > 0) throw new Error(`Left behind by the tests of the cluster:\n${leaks.join('\n')}`);
    rmSync(root, { recursive: true, force: true });
  };
}

async function takeDown(projectDir: string): Promise<void> {
  const clusters = join(projectDir, '.gobool', 'cluster');
  for (const name of readdirSync(clusters, { withFileTypes: true }).filter(entry => entry.isDirectory())) {
    const { exitCode, stderr } = await clusterCommand(projectDir, ['down', '--name', name.name]);
    if (exitCode !== 0) throw new Error(`cluster down of ${name.name} failed:\n${stderr}`);
  }
}
