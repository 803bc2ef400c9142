/** MongoDB's users. Whatever step a crash leaves them at, the next run continues there. */
import type { MongoClient } from 'mongodb';
import { MONGO_USERS, type MongoUser, type Role } from '../../schema/mongodb-layout.ts';
import type { Secrets } from '../cluster-facts.ts';
import { mongoPassword } from '../mongodb-secrets.ts';
import { hasCode, MONGO_CODES } from './mongodb-codes.ts';

/** Makes what is missing, and gives every user the declared roles. */
export async function createUsers(client: MongoClient, secrets: Secrets): Promise<void> {
  const present = await rolesByUser(client);
  for (const user of MONGO_USERS) {
    const roles = present.get(user.name);
    if (roles === undefined) await createUser(client, user, mongoPassword(secrets, user.name));
    else if (roles !== rolesText(user.roles)) {
      await client.db('admin').command({ updateUser: user.name, roles: user.roles });
    }
  }
}

export async function userDrift(client: MongoClient): Promise<readonly string[]> {
  const present = await rolesByUser(client);
  return MONGO_USERS.flatMap(({ name, roles }) => {
    if (!present.has(name)) return [`user ${name} is missing`];
    return present.get(name) === rolesText(roles) ? [] : [`user ${name} has other roles: ${present.get(name)}`];
  });
}

async function createUser(client: MongoClient, { name, roles }: MongoUser, password: string): Promise<void> {
  try {
    await client.db('admin').command({ createUser: name, pwd: password, roles });
  } catch (error) {
    if (!hasCode(error, MONGO_CODES.userAlreadyExists)) throw error;
  }
}

async function rolesByUser(client: MongoClient): Promise<ReadonlyMap<string, string>> {
  const { users } = await client.db('admin').command({ usersInfo: 1 });
  const found = users as readonly { readonly user: string; readonly roles: readonly Role[] }[];
  return new Map(found.map(({ user, roles }) => [user, rolesText(roles)]));
}

const rolesText = (roles: readonly Role[]) =>
  roles
    .map(({ role, db }) => `${role} on ${db}`)
    .sort()
    .join(', ');
