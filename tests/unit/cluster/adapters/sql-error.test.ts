import { expect, test } from 'vitest';
import { sqlError } from '../../../../src/cluster/adapters/postgres/sql-error.ts';

test.each([
  ['23505', 'unique key', 'GB_SQL_CONFLICT'],
  ['40001', 'serialization', 'GB_SQL_CONFLICT'],
  ['40P01', 'deadlock', 'GB_SQL_CONFLICT'],
  ['23503', 'foreign key', 'GB_SQL_REFUSED'],
  ['42601', 'syntax', 'GB_SQL_REFUSED'],
  ['28P01', 'password', 'GB_SQL_REFUSED'],
  ['57014', 'statement timeout', 'GB_SQL_TIMEOUT'],
  ['55P03', 'lock timeout', 'GB_SQL_TIMEOUT'],
  ['25P03', 'idle in transaction', 'GB_SQL_TIMEOUT'],
  ['57P03', 'starting up', 'GB_SQL_UNAVAILABLE'],
  ['53300', 'too many connections', 'GB_SQL_UNAVAILABLE'],
  ['08006', 'connection failure', 'GB_SQL_UNAVAILABLE'],
  ['ECONNREFUSED', 'nobody listens', 'GB_SQL_UNAVAILABLE'],
  [undefined, 'Query read timeout', 'GB_SQL_UNAVAILABLE'],
])('SQLSTATE %s, %s: %s', (code, message, expected) => {
  const error = sqlError(Object.assign(new Error(message), { code }));
  expect(error).toMatchObject({ code: expected, message });
});
