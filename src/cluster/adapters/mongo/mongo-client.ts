/** A client of one MongoDB server, with the settings on which gobool relies everywhere. */
import { MongoClient } from 'mongodb';

export interface MongoLogin {
  readonly name: string;
  readonly password: string;
  /** The database that knows the user. Default: `admin`. */
  readonly database?: string;
}

export interface MongoAddress {
  readonly host: string;
  readonly port: number;
  /** Absent: not logged in, which suffices to ask whether the server answers. */
  readonly login?: MongoLogin;
  /** How long the server is looked for. */
  readonly timeoutMs: number;
  /** How long it may keep silent; usually as long. */
  readonly silenceMs?: number;
}

/**
 * How often a server that is away is looked for while somebody waits for it. The driver's 500 would delay every
 * start.
 */
const RETRY_MS = 100;

/**
 * Nothing is connected yet. Before the first operation, and after one failed, `await client.connect()`: it costs
 * nothing when connected, and without it a client whose first try failed says "Topology is closed" for ever. The
 * password travels apart from the address, so that no error's message can show it.
 */
export function mongoClient({ host, port, login, timeoutMs, silenceMs = timeoutMs }: MongoAddress): MongoClient {
  return new MongoClient(`mongodb://${host}:${port}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: silenceMs,
    minHeartbeatFrequencyMS: RETRY_MS,
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
    ignoreUndefined: true,
    maxPoolSize: 16,
    ...(login && {
      auth: { username: login.name, password: login.password },
      authSource: login.database ?? 'admin',
    }),
  });
}
