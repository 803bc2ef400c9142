import { appendFileSync, closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastLines, rotateLog } from '../../../../src/cluster/dev/daemon/log-file.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const SMALL = { bytesMax: 10, files: 3 };

test('the last lines, oldest first, without the empty ones', () => {
  const file = join(temporaryDir(), 'log');
  expect(lastLines(file)).toEqual([]);
  writeFileSync(file, `${'x'.repeat(20_000)}\none\n\ntwo\nthree\n`);
  expect(lastLines(file, 2)).toEqual(['two', 'three']);
  writeFileSync(file, 'y'.repeat(600));
  expect(lastLines(file)).toEqual(['y'.repeat(500)]);
});

test('a log is left alone until it is large', () => {
  const file = join(temporaryDir(), 'log');
  rotateLog(file, SMALL);
  writeFileSync(file, '123456789');
  rotateLog(file, SMALL);
  expect(readFileSync(file, 'utf8')).toBe('123456789');
  expect(existsSync(`${file}.1`)).toBe(false);
});

test('an engine that keeps its file open goes on in the emptied one; the oldest of three is lost', () => {
  const file = join(temporaryDir(), 'log');
  const engine = openSync(file, 'a');
  for (const round of ['first', 'second', 'third', 'fourth']) {
    writeSync(engine, `${round} is long enough\n`);
    rotateLog(file, SMALL);
  }
  writeSync(engine, 'fifth\n');
  closeSync(engine);
  appendFileSync(file, '');
  expect(readFileSync(file, 'utf8')).toBe('fifth\n');
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('fourth is long enough\n');
  expect(readFileSync(`${file}.2`, 'utf8')).toBe('third is long enough\n');
  expect(existsSync(`${file}.3`)).toBe(false);
});
