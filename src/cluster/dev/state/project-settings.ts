/**
 * `services.json` of a cluster's folder, mode 0600: what the project's configuration says to the services. Commands
 * write it, and each service gets it when it starts, also when the daemon starts it again.
 */
import { join } from 'node:path';
import type { ProjectSettings } from '../../services/common/settings.ts';
import { writeSecretFile } from '../write-secret-file.ts';
import { readText } from './cluster-record.ts';

const fileOf = (dir: string) => join(dir, 'services.json');

export const readProjectSettings = (dir: string): ProjectSettings => JSON.parse(readText(fileOf(dir)) ?? '{}');

export function writeProjectSettings(dir: string, settings: ProjectSettings): void {
  writeSecretFile(fileOf(dir), `${JSON.stringify(settings, null, 2)}\n`);
}
