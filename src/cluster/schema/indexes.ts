/** The indexes of MongoDB, the index on `_id` apart, which every collection has. Readers' queries decide them. */
import { ARTIFACTS_DATABASE, MARKET_DATABASE, VIEWS_DATABASE } from './mongodb-layout.ts';

export interface IndexDeclaration {
  readonly database: string;
  readonly collection: string;
  readonly name: string;
  /** Fields in order; 1 ascending, -1 descending. */
  readonly fields: Readonly<Record<string, 1 | -1>>;
}

/** Where Connect writes candles and readers find them. */
export const CANDLES = { database: MARKET_DATABASE, collection: 'candles' } as const;

const view = (collection: string) => ({ database: VIEWS_DATABASE, collection });

export const INDEXES: readonly IndexDeclaration[] = [
  { ...CANDLES, name: 'product_interval_time', fields: { product: 1, interval: 1, time: 1 } },
  { ...view('pieces'), name: 'taskId_seq', fields: { taskId: 1, seq: 1, _id: 1 } },
  { ...view('claims'), name: 'taskId_attempt', fields: { taskId: 1, attempt: 1, _id: 1 } },
  { ...view('claims'), name: 'runId', fields: { runId: 1, _id: 1 } },
  { ...view('tasks'), name: 'runId', fields: { runId: 1, _id: 1 } },
  { ...view('conflicts'), name: 'runId', fields: { runId: 1, _id: 1 } },
  { ...view('runs'), name: 'place', fields: { place: -1, _id: 1 } },
  { ...view('runs'), name: 'keyId_place', fields: { keyId: 1, place: -1, _id: 1 } },
  { ...view('runs'), name: 'keyId_atMs', fields: { keyId: 1, atMs: 1, _id: 1 } },
  // As GridFS itself names and makes it.
  {
    database: ARTIFACTS_DATABASE,
    collection: 'artifacts.chunks',
    name: 'files_id_1_n_1',
    fields: { files_id: 1, n: 1 },
  },
];
