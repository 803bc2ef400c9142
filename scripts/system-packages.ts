/** What the tests need beside Node, as Debian packages. README.md and `.ci/run` say the same. */
import { spawnSync } from 'node:child_process';

/** Each package with a command that works only where it is installed. */
const PROBES = {
  bubblewrap: ['bwrap', '--version'],
  'default-jdk-headless': ['javac', '-version'],
  /** Or Go, with which etcd is built. */
  'etcd-server': ['sh', '-c', 'command -v etcd || command -v go'],
  fish: ['fish', '--version'],
  gcc: ['gcc', '--version'],
  chromium: ['chromium', '--version'],
  'libc6-dev': ['sh', '-c', 'echo "#include <stdio.h>" | gcc -E -'],
  maven: ['mvn', '--version'],
  python3: ['python3', '--version'],
  'python3-pip': ['python3', '-m', 'pip', '--version'],
  'python3-venv': ['python3', '-c', 'import venv, ensurepip'],
  tmux: ['tmux', '-V'],
  zsh: ['zsh', '--version'],
} as const;

export const SYSTEM_PACKAGES: readonly string[] = Object.keys(PROBES);

export const APT_LINE = `apt-get install -y ${SYSTEM_PACKAGES.join(' ')}`;

export function missingPackages(): readonly string[] {
  return Object.entries(PROBES)
    .filter(([, [command, ...args]]) => spawnSync(command, args, { stdio: 'ignore' }).status !== 0)
    .map(([name]) => name);
}
