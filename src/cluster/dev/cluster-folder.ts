/** The layout of `.gobool/cluster/<name>`: who keeps what where. */
import { join } from 'node:path';
import type { ComponentName } from './component.ts';

export const clusterDir = (projectDir: string, name: string) => join(projectDir, '.gobool', 'cluster', name);

/** Data of an engine; what `reset` deletes and nothing else does. */
export const dataDir = (dir: string, name: ComponentName) => join(dir, 'data', name);

/** Generated configuration of an engine; written anew at every start. Files with secrets in it have mode 0600. */
export const configDir = (dir: string, name: ComponentName) => join(dir, 'config', name);

/** The first API key of the cluster's gateway, mode 0600: what the CLI shows there. */
export const apiKeyFile = (dir: string) => join(dir, 'api-key');

export const logFile = (dir: string, name: ComponentName | 'daemon') => join(dir, 'logs', `${name}.log`);
