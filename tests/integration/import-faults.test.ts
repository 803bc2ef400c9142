/**
 * What an import leaves behind when the process is killed, and when a file may not grow: the limit on file sizes
 * stops a write half way as a full disk does, without needing one.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readDataset } from '../../src/runtime/host/catalog/read-dataset.ts';
import { storeCloses } from '../helpers/catalog.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

const NAME = 'crypto.ABCUSD.test@1d';
const helper = join(import.meta.dirname, '..', 'helpers', 'catalog.ts');

const closesOf = async (folder: string): Promise<number[]> => [...(await readDataset(folder, NAME))!.columns.close];

test('killed at any moment, the catalog holds one whole dataset, and the next import cleans up', async () => {
  const folder = temporaryDir();
  await storeCloses(folder, { closes: [0.5] });
  const program = `
    import { storeCloses } from ${JSON.stringify(helper)};
    process.stdout.write('ready');
    for (let i = 1; ; i++) await storeCloses(${JSON.stringify(folder)}, { closes: [i, i, ...Array(20000).fill(i)] });`;
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await setTimeout(20 + round * 7);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const closes = await closesOf(folder);
    expect(new Set(closes).size).toBe(1);
  }
  await storeCloses(folder, { closes: [7] });
  expect(await closesOf(folder)).toEqual([7]);
  expect(readdirSync(folder).filter(name => name.startsWith('.tmp-'))).toEqual([]);
});

test('when the disk takes no more, the import fails with a code and the dataset before it stays whole', async () => {
  const folder = temporaryDir();
  await storeCloses(folder, { closes: [1, 2, 3] });
  const before = readdirSync(folder).sort();
  const program = `
    import { storeCloses } from ${JSON.stringify(helper)};
    const failed = await storeCloses(${JSON.stringify(folder)}, { closes: Array(5000).fill(9) }).catch(error => error);
    process.stdout.write(failed.code);`;
  for (const kilobytes of [1, 8, 64, 200]) {
    const script = `ulimit -f ${kilobytes}; exec "$0" --input-type=module --eval "$1"`;
    const code = execFileSync('bash', ['-c', script, process.execPath, program], { encoding: 'utf8' });
    expect(code).toBe('GB_DISK_FULL');
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(await closesOf(folder)).toEqual([1, 2, 3]);
  }
});
