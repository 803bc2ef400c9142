/** gobool's own services: they lie in the package, so nothing is fetched for them. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { ServiceName } from '../component.ts';
import { engineCache, type FetchContext } from './fetch-context.ts';
import type { OwnInstall } from './install.ts';

/** Under `cluster/services`. The worker's pool starts the worker processes. */
const MAINS: Readonly<Record<ServiceName, string>> = {
  gateway: 'gateway/main',
  command: 'command/main',
  worker: 'worker/pool-main',
  join: 'join/main',
};

/** Beside this file among the sources, or where the build puts them. */
const [folder, extension] = import.meta.url.endsWith('.ts')
  ? [new URL('../../services/', import.meta.url), '.ts']
  : [new URL('cluster/services/', import.meta.url.replace(/(.*\/dist\/).*/, '$1')), '.js'];

export function ownInstall(name: ServiceName, { env }: Pick<FetchContext, 'env'>): OwnInstall {
  return {
    kind: 'own',
    version: packageJson.version,
    route: 'own',
    location: fileURLToPath(new URL(MAINS[name] + extension, folder)),
    compileCache: env.NODE_COMPILE_CACHE || join(dirname(engineCache(env)), 'compile-cache'),
  };
}
