/** What MongoDB is made of besides indexes: its replica set, its databases, and who may do what in them. */

export const REPLICA_SET = 'rs0';

/** Documents of gobool's own services. */
export const APP_DATABASE = 'gobool';

/** Market data, written by Kafka Connect. */
export const MARKET_DATABASE = 'market';

/** Bundles, inputs, datasets and results by hash: primary data, which nothing can rebuild. */
export const ARTIFACTS_DATABASE = 'artifacts';

/** What service `join` shows of runs; it can be rebuilt from the log and the artifacts. */
export const VIEWS_DATABASE = 'views';

export interface Role {
  readonly role: 'root' | 'readWrite';
  readonly db: string;
}

export type MongoUserName = 'admin' | 'gobool' | 'connect';

export interface MongoUser {
  readonly name: MongoUserName;
  readonly roles: readonly Role[];
}

/** All log in over the database `admin`. */
export const MONGO_USERS: readonly MongoUser[] = [
  { name: 'admin', roles: [{ role: 'root', db: 'admin' }] },
  {
    name: 'gobool',
    roles: [
      { role: 'readWrite', db: APP_DATABASE },
      { role: 'readWrite', db: MARKET_DATABASE },
      { role: 'readWrite', db: ARTIFACTS_DATABASE },
      { role: 'readWrite', db: VIEWS_DATABASE },
    ],
  },
  { name: 'connect', roles: [{ role: 'readWrite', db: MARKET_DATABASE }] },
];
