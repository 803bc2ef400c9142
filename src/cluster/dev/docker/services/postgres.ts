/**
 * PostgreSQL in a container, by the settings that it has natively, as the image's user `postgres`. The image's own
 * entry point is not used: it would leave the password in the server's environment.
 */
import { join } from 'node:path';
import { writeFileAtomic } from '../../../../runtime/host/files.ts';
import type { ClusterFacts } from '../../cluster-facts.ts';
import { configDir, dataDir } from '../../cluster-folder.ts';
import { postgresEngineAs } from '../../native/engines/postgres.ts';
import { commandOf, type DockerService, programInImage, shell } from '../docker-service.ts';

const AS_POSTGRES = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];

const engine = postgresEngineAs(() => ({ prefix: AS_POSTGRES }));

/**
 * Makes the data in a folder beside the real one, which gets its name only when it is complete. Clients of the
 * machine come through the network's gateway, not over loopback.
 */
const RUN = `
data=$1 password=$2; shift 2
if [ ! -e "$data" ]; then
  rm -rf "$data.building"
  install -d -o postgres -m 700 "$data.building"
  install -o postgres -m 600 "$password" "$data.building/password"
  ${AS_POSTGRES.join(' ')} initdb -D "$data.building/data" -U gobool -A scram-sha-256 \\
    --pwfile "$data.building/password" -E UTF8 --locale=C --no-sync
  echo 'host all gobool all scram-sha-256' >> "$data.building/data/pg_hba.conf"
  mv "$data.building/data" "$data"
  rm -r "$data.building"
fi
exec "$@"
`;

export const postgresService: DockerService = {
  name: 'postgres',
  port: 'postgres',
  keepsData: true,
  capabilities: ['CHOWN', 'FOWNER', 'SETGID', 'SETUID'],
  stopGraceMs: engine.stopGraceMs,
  ...(engine.stopSignal && { stopSignal: engine.stopSignal }),

  async prepare(facts) {
    writeFileAtomic(passwordFile(facts), [Buffer.from(facts.secrets.postgres)], 0o600);
  },

  command: facts =>
    shell(
      RUN,
      dataDir(facts.dir, 'postgres'),
      passwordFile(facts),
      ...commandOf(engine.launch(facts, programInImage('postgres'))),
      '-c',
      'listen_addresses=*',
    ),
};

const passwordFile = (facts: ClusterFacts) => join(configDir(facts.dir, 'postgres'), 'password');
