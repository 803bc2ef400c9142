import { readFileSync } from 'node:fs';

/** The most memory that this process ever had. */
export function peakMb(): number {
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
