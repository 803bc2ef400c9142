/** The most memory that a process ever had: this one, or a child. */
import { readFileSync, writeFileSync } from 'node:fs';
import { inFolder } from './folder.ts';

const STATUS = '/proc/self/status';

export function peakMb(path = STATUS): number {
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync(path, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/**
 * What `run` measures of the Node process that it starts with these arguments before its own. `maxRSS` would not do:
 * a child inherits it from the process that starts it.
 */
export function peakMbOf(run: (nodeArgs: readonly string[]) => void): number {
  const [hook, status] = [inFolder('peak.cjs'), inFolder('status')];
  const atExit = `fs.writeFileSync(${JSON.stringify(status)}, fs.readFileSync(${JSON.stringify(STATUS)}))`;
  writeFileSync(hook, `const fs = require('node:fs'); process.on('exit', () => ${atExit});`);
  run(['--require', hook]);
  return peakMb(status);
}
