/**
 * gobool's own services as processes of this machine: the Node that runs the daemon, with a heap that fits development,
 * and compiled code kept between starts. Secrets lie in a settings file that the first argument names.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { assert } from '../../../../runtime/base/assert.ts';
import { dataDir } from '../../cluster-folder.ts';
import type { ServiceName } from '../../component.ts';
import { serviceSettings, serviceSettingsFile } from '../../service-settings.ts';
import { writeSecretFile } from '../../write-secret-file.ts';
import type { NativeEngine } from '../native-engine.ts';

/**
 * Sizes in megabytes. V8 collects a heap that small after every few megabytes, under load up to half of what a
 * service does; twice what is alive is room enough. kafkajs counts a timeout below zero, which does no harm.
 */
export const SERVICE_FLAGS = [
  '--max-semi-space-size=4',
  '--max-old-space-size=256',
  '--heap-growing-percent=100',
  '--disable-warning=TimeoutNegativeWarning',
  '--disable-warning=ExperimentalWarning',
];

export const serviceEngine = (name: ServiceName): NativeEngine => ({
  name,

  async prepare(facts) {
    const file = serviceSettingsFile(name, facts);
    await mkdir(dataDir(facts.dir, name), { recursive: true });
    await mkdir(dirname(file), { recursive: true });
    writeSecretFile(file, JSON.stringify(serviceSettings(name, facts), null, 2));
  },

  launch(facts, install) {
    assert(install.kind === 'own', 'services are our own');
    return {
      program: process.execPath,
      args: [...SERVICE_FLAGS, install.location, serviceSettingsFile(name, facts)],
      env: { NODE_COMPILE_CACHE: install.compileCache },
    };
  },

  stopGraceMs: 10_000,
});
