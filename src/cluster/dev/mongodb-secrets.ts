/** Which of the cluster's secrets belongs to which login of MongoDB. */
import type { MongoUserName } from '../schema/mongodb-layout.ts';
import type { Secrets } from './cluster-facts.ts';

const PASSWORDS: Readonly<Record<MongoUserName, keyof Secrets>> = {
  admin: 'mongodbAdmin',
  gobool: 'mongodbApp',
  connect: 'mongodbConnect',
};

export const mongoPassword = (secrets: Secrets, name: MongoUserName) => secrets[PASSWORDS[name]];

/**
 * The key by which members of the replica set know each other, as mongod's key file holds it: base64, of which
 * url-safe secrets are none. Whoever has it may also log in as `__system`, with all rights and before the first user
 * exists.
 */
export const mongodbKey = ({ mongodbKey: secret }: Secrets) => Buffer.from(secret).toString('base64');
