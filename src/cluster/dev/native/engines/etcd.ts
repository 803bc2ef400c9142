/**
 * etcd as a process: one member on loopback, sized for development. Works with versions 3.4 to 3.6.
 * It does not wait for the disk (`--unsafe-no-fsync`): what it acknowledged survives its own death, not the machine's.
 */
import { mkdir } from 'node:fs/promises';
import { assert } from '../../../../runtime/base/assert.ts';
import { dataDir } from '../../cluster-folder.ts';
import type { NativeEngine } from '../native-engine.ts';

const NAME = 'gobool';

export const etcdEngine: NativeEngine = {
  name: 'etcd',

  async prepare(facts) {
    await mkdir(dataDir(facts.dir, 'etcd'), { recursive: true, mode: 0o700 });
  },

  launch(facts, install) {
    assert(install.kind === 'program', 'etcd is a program');
    const clients = `http://127.0.0.1:${facts.ports.etcd}`;
    const peers = `http://127.0.0.1:${facts.ports.etcdPeer}`;
    const flags = {
      name: NAME,
      'data-dir': dataDir(facts.dir, 'etcd'),
      'listen-client-urls': clients,
      'advertise-client-urls': clients,
      'listen-peer-urls': peers,
      'initial-advertise-peer-urls': peers,
      'initial-cluster': `${NAME}=${peers}`,
      'initial-cluster-token': facts.id,
      // Keeps an hour of history: a watch that was cut off for longer lists anew.
      'auto-compaction-mode': 'periodic',
      'auto-compaction-retention': '1h',
      'snapshot-count': '10000',
      'quota-backend-bytes': String(512 * 1024 * 1024),
      logger: 'zap',
      'log-level': 'warn',
      'unsafe-no-fsync': 'true',
    };
    return { program: install.program, args: Object.entries(flags).map(([name, value]) => `--${name}=${value}`) };
  },

  stopGraceMs: 5_000,
};
