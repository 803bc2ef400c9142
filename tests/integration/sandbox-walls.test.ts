/** The outer wall alone, without Node's own: what a process inside sees of the machine, and where there is no wall. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram, hostFacts, isReachable } from '../../src/cluster/sandbox/host-facts.ts';
import { sandboxCommand } from '../../src/cluster/sandbox/sandbox-command.ts';
import { startSandbox } from '../../src/cluster/sandbox/start-sandbox.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

/** The value of an expression inside, with no permissions of Node in the way. */
function inside(expression: string): unknown {
  const command = sandboxCommand(hostFacts(), {})
    .join('\0')
    .replaceAll(/\0--ro-bind-data\0[^\0]*\0[^\0]*/g, '')
    .split('\0');
  const [program = '', ...args] = command.slice(0, command.lastIndexOf('/gobool/node') + 1);
  const tried = 'const tried = what => { try { what(); return "done"; } catch (error) { return error.code; } };';
  const script = `const fs = require('fs'); ${tried} console.log(JSON.stringify(${expression}))`;
  return JSON.parse(execFileSync(program, [...args, '-e', script], { cwd: '/', env: {}, encoding: 'utf8' }));
}

test('it is nobody, alone, without network, in a small world that cannot be written', () => {
  expect(inside('[process.getuid(), process.getgid(), process.getgroups()]')).toEqual([65_534, 65_534, [65_534]]);
  expect(inside("Object.keys(require('os').networkInterfaces())")).toEqual(['lo']);
  expect(inside("fs.readdirSync('/proc').filter(name => /^[0-9]+$/.test(name)).length")).toBe(2);
  expect(inside("fs.readdirSync('/').sort()")).not.toEqual(expect.arrayContaining(['home', 'root', 'var']));
  expect(inside("fs.readdirSync('/etc')")).toEqual(['ld.so.cache']);
  expect(
    inside("['/x', '/gobool/x', '/dev/x', '/dev/shm/x'].map(file => tried(() => fs.writeFileSync(file, 'x')))"),
  ).toEqual(Array(4).fill('EROFS'));
  expect(inside("tried(() => fs.writeFileSync('/tmp/x', Buffer.alloc(17 * 1024 * 1024)))")).toBe('ENOSPC');
  expect(inside(`tried(() => process.kill(${process.pid}, 0))`)).toBe('ESRCH');
});

test('what a machine does not have is told before any task', async () => {
  expect(() => findProgram('no-such-bwrap', 'apt install bubblewrap')).toThrow(
    expect.objectContaining({
      code: 'GB_SANDBOX_UNAVAILABLE',
      hint: expect.stringContaining('apt install bubblewrap'),
    }),
  );
  await using sandbox = startSandbox({ cpu: 9_999 });
  await expect(sandbox.ready).rejects.toMatchObject({
    code: 'GB_SANDBOX_UNAVAILABLE',
    message: expect.stringContaining('affinity'),
  });
});

test('a file is reachable where every folder on its way lets others pass', () => {
  const folder = join(temporaryDir(), 'a', 'b');
  mkdirSync(folder, { recursive: true });
  chmodSync(join(folder, '..', '..'), 0o755);
  expect(isReachable(folder)).toBe(true);
  chmodSync(join(folder, '..'), 0o700);
  expect(isReachable(folder)).toBe(false);
});
