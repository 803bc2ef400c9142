/** Finds processes by what the kernel says of them, not by what gobool remembers. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Every other process whose command line, environment or working folder names the folder: `4711 java -cp ...`. */
export function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid => [read(pid, 'cmdline'), read(pid, 'environ'), folderOf(pid)].some(text => text.includes(folder)))
    .map(pid => `${pid} ${read(pid, 'cmdline').replaceAll('\0', ' ').slice(0, 200)}`);
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
