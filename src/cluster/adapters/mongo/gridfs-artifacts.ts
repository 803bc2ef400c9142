/**
 * The port `Artifacts` on MongoDB, stored as GridFS stores files, so that every tool for GridFS reads them. The
 * driver's own upload gives each attempt an id of its own, and leaves the chunks of one that was killed for ever. Here
 * ids follow from hash and number: whoever puts the same artifact, at once or after a crash, writes the same chunks to
 * the same places. The file's document comes last and makes it visible.
 */
import { Binary, type Db, type MongoClient } from 'mongodb';
import type { Artifacts } from '../../ports/artifacts.ts';
import { ARTIFACTS_DATABASE } from '../../schema/mongodb-layout.ts';
import { artifactMissing, requireHash } from '../artifact-hash.ts';
import { documentsError } from './documents-error.ts';

const CHUNK_BYTES = 255 * 1024;
/** Written at once, about 4 MB: the disk takes them together, and far sooner than a write times out. */
const CHUNKS_AT_ONCE = 16;

interface GridFile {
  /** The hash, and the file's name too. */
  readonly _id: string;
  readonly filename: string;
  readonly length: number;
  readonly chunkSize: number;
  readonly uploadDate: Date;
}

interface GridChunk {
  /** `<hash>/<n>` */
  readonly _id: string;
  readonly files_id: string;
  readonly n: number;
  readonly data: Binary;
}

/** The client's settings make writes and reads safe. */
export function gridfsArtifacts(client: MongoClient, database = ARTIFACTS_DATABASE): Artifacts {
  const using = async <R>(work: (db: Db) => Promise<R>): Promise<R> => {
    try {
      await client.connect();
      return await work(client.db(database));
    } catch (error) {
      throw documentsError(error);
    }
  };
  const missing: Artifacts['missing'] = hashes =>
    using(async db => {
      const found = await filesOf(db)
        .find({ _id: { $in: [...hashes] } }, { projection: { _id: 1 } })
        .toArray();
      const present = new Set(found.map(({ _id }) => _id));
      return hashes.filter(hash => !present.has(hash));
    });

  return {
    missing,
    has: async hash => (await missing([hash])).length === 0,
    async put(hash, bytes) {
      requireHash(hash, bytes);
      await using(db => write(db, hash, bytes));
    },
    async get(hash) {
      const bytes = await using(db => read(db, hash));
      if (bytes === undefined) throw artifactMissing(hash);
      requireHash(hash, bytes);
      return bytes;
    },
  };
}

const filesOf = (db: Db) => db.collection<GridFile>('artifacts.files');
const chunksOf = (db: Db) => db.collection<GridChunk>('artifacts.chunks');

async function write(db: Db, hash: string, bytes: Uint8Array): Promise<void> {
  const count = Math.ceil(bytes.byteLength / CHUNK_BYTES);
  const writeChunk = (n: number) => {
    const data = new Binary(bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES));
    return chunksOf(db).replaceOne({ _id: `${hash}/${n}` }, { files_id: hash, n, data }, { upsert: true });
  };
  for (let from = 0; from < count; from += CHUNKS_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(CHUNKS_AT_ONCE, count - from) }, (_, i) => from + i);
    await Promise.all(numbers.map(writeChunk));
  }
  const file = { filename: hash, length: bytes.byteLength, chunkSize: CHUNK_BYTES, uploadDate: new Date() };
  await filesOf(db).updateOne({ _id: hash }, { $setOnInsert: file }, { upsert: true });
}

/** A chunk that is missing or changed shows in the hash. */
async function read(db: Db, hash: string): Promise<Buffer | undefined> {
  if ((await filesOf(db).findOne({ _id: hash })) === null) return undefined;
  const chunks = await chunksOf(db).find({ files_id: hash }).sort({ n: 1 }).toArray();
  return Buffer.concat(chunks.map(({ data }) => data.value()));
}
