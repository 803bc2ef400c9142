/** Speaks to a cluster's gateway. Every method throws what the gateway refuses, and `GB_CLUSTER_UNREACHABLE`. */
import { randomUUID } from 'node:crypto';
import type { EventSourceMessage } from 'eventsource-parser';
import { Type } from 'typebox';
import { uploadMs } from '../contracts/http/artifact-limits.ts';
import type { RunSpec } from '../contracts/run-spec.ts';
import type { Artifact } from './artifact.ts';
import { ask } from './ask.ts';
import { followStream, type Taken } from './event-stream.ts';
import { type GatewayAddress, request } from './request.ts';

export interface SubmittedRun {
  /** For lists. */
  readonly name: string;
  /** Higher goes first; 0 is usual. */
  readonly priority: number;
  readonly spec: RunSpec;
}

type Take = (event: EventSourceMessage) => Taken;
type Follow = (id: string, take: Take, signal: AbortSignal, onReconnect?: () => void) => Promise<void>;

export interface GatewayClient {
  /** Opens the connection, so that what comes first need not wait for it. Fails silently. */
  readonly warmUp: () => void;
  /** Uploads those that the cluster does not have. */
  readonly store: (artifacts: readonly Artifact[], signal?: AbortSignal) => Promise<void>;
  /** Its id, once the cluster has it for good. Not to be interrupted: nobody could tell whether the run exists. */
  readonly submit: (run: SubmittedRun) => Promise<string>;
  /** Waiting tasks are dropped, running ones stopped, soon. */
  readonly cancel: (runId: string) => Promise<void>;
  /** How many there are. */
  readonly workers: () => Promise<number>;
  /** Both resolve after the last event (`followStream`). */
  readonly followRun: Follow;
  readonly followTask: Follow;
}

/** Uploads at once. */
const UPLOADS = 4;
const Submitted = Type.Object({ runId: Type.String() });
const Missing = Type.Object({ missing: Type.Array(Type.String()) });
const Workers = Type.Object({ workers: Type.Array(Type.Unknown()) });
const JSON_TYPE = { 'content-type': 'application/json' };

export function gatewayClient(gateway: GatewayAddress): GatewayClient {
  return {
    warmUp: () =>
      void fetch(new URL('/health', gateway.url)).then(
        answer => answer.body?.cancel(),
        () => {},
      ),
    store: (artifacts, signal) => store(gateway, artifacts, signal),
    async submit(run) {
      // One key for all tries of this call: whichever of them arrive, there is one run.
      const headers = { ...JSON_TYPE, 'idempotency-key': randomUUID() };
      const asked = { method: 'POST', path: '/v1/runs', headers, body: JSON.stringify(run) } as const;
      return (await ask(gateway, Submitted, asked)).runId;
    },
    async cancel(runId) {
      await request(gateway, { method: 'DELETE', path: `/v1/runs/${runId}` });
    },
    async workers() {
      return (await ask(gateway, Workers, { method: 'GET', path: '/v1/workers' })).workers.length;
    },
    followRun: (runId, ...follow) => followStream(gateway, `/v1/runs/${runId}/stream`, ...follow),
    followTask: (taskId, ...follow) => followStream(gateway, `/v1/tasks/${taskId}/stream`, ...follow),
  };
}

async function store(gateway: GatewayAddress, artifacts: readonly Artifact[], signal?: AbortSignal): Promise<void> {
  const byHash = new Map(artifacts.map(artifact => [artifact.hash, artifact]));
  const body = JSON.stringify({ hashes: [...byHash.keys()] });
  const asked = { method: 'POST', path: '/v1/artifacts/missing', headers: JSON_TYPE, body, signal } as const;
  const { missing } = await ask(gateway, Missing, { ...asked, isRepeatable: true });
  const queue = missing.values();
  const upload = async (): Promise<void> => {
    for (const hash of queue) {
      const headers = { 'content-type': 'application/octet-stream' };
      const body = byHash.get(hash)?.bytes;
      if (body === undefined) continue;
      const answerMs = uploadMs(body.length);
      await request(gateway, { method: 'PUT', path: `/v1/artifacts/${hash}`, headers, body, signal, answerMs });
    }
  };
  await Promise.all(Array.from({ length: UPLOADS }, upload));
}
