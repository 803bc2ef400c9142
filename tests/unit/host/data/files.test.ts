import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  readSource,
  removeStaleTemporaries,
  withFileErrors,
  writeFileAtomic,
} from '../../../../src/runtime/host/files.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

test('the parts become one file, in a folder that is made', () => {
  const path = join(temporaryDir(), 'deep', 'er', 'file');
  writeFileAtomic(path, [Buffer.from('one '), Buffer.from('two')]);
  expect(readFileSync(path, 'utf8')).toBe('one two');
  expect(readdirSync(join(path, '..'))).toEqual(['file']);
});

test('a write that fails leaves neither a change nor a temporary file', async () => {
  const folder = temporaryDir();
  mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
  expect(() => writeFileAtomic(join(folder, 'taken'), [Buffer.from('x')])).toThrow(
    expect.objectContaining({ code: 'GB_PERMISSION', message: expect.stringContaining('taken is a folder') }),
  );
  expect(readdirSync(folder)).toEqual(['taken']);
});

describe('what the system refuses has a code (on Linux, whose special files refuse even root)', () => {
  test('a full disk', async () => {
    const write = (): void => {
      const descriptor = openSync('/dev/full', 'w');
      try {
        writeSync(descriptor, 'x');
      } finally {
        closeSync(descriptor);
      }
    };
    const error = await errorOf(() => withFileErrors('/some/file', write));
    expect(error).toMatchObject({ code: 'GB_DISK_FULL', message: expect.stringContaining('/some/file') });
  });

  test('a refused access, also to root', async () => {
    const error = await errorOf(() => writeFileAtomic('/sys/gobool/file', [Buffer.from('x')]));
    expect(error).toMatchObject({ code: 'GB_PERMISSION', message: expect.stringContaining('/sys/gobool') });
  });
});

test('a name that is too long, or a link to itself, is no internal error', async () => {
  const folder = temporaryDir();
  const [long, loop] = [join(folder, 'a'.repeat(300)), join(folder, 'loop')];
  symlinkSync(loop, loop);
  for (const attempt of [
    () => writeFileAtomic(long, [Buffer.from('x')]),
    () => readSource(long, () => readFileSync(long)),
    () => readSource(loop, () => readFileSync(loop)),
  ]) {
    expect(await errorOf(attempt)).toMatchObject({ code: 'GB_PERMISSION' });
  }
});

test('a file that the user named and that is not there is missing data', async () => {
  const folder = temporaryDir();
  for (const path of [join(folder, 'none.csv'), folder]) {
    expect(await errorOf(() => readSource(path, () => readFileSync(path)))).toMatchObject({ code: 'GB_DATA_MISSING' });
  }
});

test('a file that is too large to be read at once says how to import it', async () => {
  const path = join(temporaryDir(), 'big.csv');
  writeFileSync(path, '');
  truncateSync(path, 3 * 2 ** 30);
  const error = await errorOf(() => readSource(path, () => readFileSync(path)));
  expect(error).toMatchObject({ code: 'GB_DATA_FORMAT', message: expect.stringContaining('larger than 2 GiB') });
});

test('temporary files of the dead and of yesterday are removed, those of the living kept', () => {
  const folder = temporaryDir();
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const [ofDead, ofLiving, ofYesterday] = [`.tmp-${dead}-0-a`, `.tmp-${process.pid}-0-b`, `.tmp-${process.pid}-1-c`];
  for (const name of [ofDead, ofLiving, ofYesterday, 'plain']) writeFileSync(join(folder, name), '');
  const yesterday = Date.now() / 1000 - 90_000;
  utimesSync(join(folder, ofYesterday), yesterday, yesterday);
  removeStaleTemporaries(folder);
  expect(readdirSync(folder).sort()).toEqual([ofLiving, 'plain']);
});
