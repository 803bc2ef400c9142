/** What Docker itself says is there. */
import { execa } from 'execa';

const OBJECTS = {
  containers: ['ps', '--all', '--format', '{{.Names}}'],
  networks: ['network', 'ls', '--format', '{{.Name}}'],
  volumes: ['volume', 'ls', '--format', '{{.Name}}'],
} as const;

/** Names of everything of a kind that carries the label, `gobool.cluster` or `gobool.cluster=c-0123456789ab`. */
export async function dockerObjects(kind: keyof typeof OBJECTS, label: string): Promise<readonly string[]> {
  const { stdout } = await execa('docker', [...OBJECTS[kind], '--filter', `label=${label}`]);
  return stdout.split('\n').filter(name => name !== '');
}

/** All that Docker tells of the containers, as text. */
export async function inspected(containers: readonly string[]): Promise<string> {
  const { stdout } = await execa('docker', ['inspect', ...containers]);
  return stdout;
}

export async function removeVolumes(label: string): Promise<void> {
  const volumes = await dockerObjects('volumes', label);
  if (volumes.length > 0) await execa('docker', ['volume', 'rm', ...volumes]);
}
