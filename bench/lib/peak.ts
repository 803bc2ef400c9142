/** The most memory that a process ever had: this one, or a child. */
import { readFileSync, writeFileSync } from 'node:fs';
import { inFolder } from './folder.ts';

export function peakMb(): number {
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** What `run` measures of the Node process that it starts with these arguments before its own. */
export function peakMbOf(run: (nodeArgs: readonly string[]) => void): number {
  const [hook, peak] = [inFolder('peak.cjs'), inFolder('peak')];
  const atExit = `fs.writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS))`;
  writeFileSync(hook, `const fs = require('node:fs'); process.on('exit', () => ${atExit});`);
  run(['--require', hook]);
  return Number(readFileSync(peak, 'utf8')) / 1024;
}
