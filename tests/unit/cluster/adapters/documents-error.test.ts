import { MongoNetworkError, MongoServerError, MongoServerSelectionError, MongoWriteConcernError } from 'mongodb';
import { expect, test } from 'vitest';
import { documentsError } from '../../../../src/cluster/adapters/mongo/documents-error.ts';

const server = (code: number) => new MongoServerError({ code, errmsg: 'text' });
const selection = new MongoServerSelectionError('nobody', { servers: new Map() } as never);

test.each([
  ['not authorized', server(13), 'GB_DOCUMENTS_REFUSED'],
  ['too large', new RangeError('too large'), 'GB_DOCUMENTS_REFUSED'],
  ['stepping down', server(11_602), 'GB_DOCUMENTS_UNAVAILABLE'],
  [
    'no majority',
    new MongoWriteConcernError({ ok: 1, writeConcernError: { code: 64, errmsg: 'late' } }),
    'GB_DOCUMENTS_UNAVAILABLE',
  ],
  ['connection broke', new MongoNetworkError('reset'), 'GB_DOCUMENTS_UNAVAILABLE'],
  ['no server', selection, 'GB_DOCUMENTS_UNAVAILABLE'],
])('%s', (_what, error, code) => {
  expect(documentsError(error)).toMatchObject({ code, message: error.message, cause: error });
});
