import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const MODULE = new URL('../../../../src/cluster/services/common/crash-point.ts', import.meta.url);

const passing = (env: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, ['-e', `import('${MODULE}').then(({ crashPoint }) => crashPoint('a.b'))`], { env });

test('dies at the point that is named, and only there', () => {
  expect(passing({ GOBOOL_CRASH_AT: 'a.b' }).signal).toBe('SIGKILL');
  expect(passing({ GOBOOL_CRASH_AT: 'a.c' }).status).toBe(0);
  expect(passing({}).status).toBe(0);
});

test('with a mark it dies once', () => {
  const GOBOOL_CRASH_MARK = join(temporaryDir(), 'mark');
  const env = { GOBOOL_CRASH_AT: 'a.b', GOBOOL_CRASH_MARK };
  expect(passing(env).signal).toBe('SIGKILL');
  expect(existsSync(GOBOOL_CRASH_MARK)).toBe(true);
  expect(passing(env).status).toBe(0);
});
