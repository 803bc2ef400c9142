/** What the routes of the gateway work with, and the types that fastify needs. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyTypeProvider } from 'fastify';
import type { Logger } from 'pino';
import type { Static, TSchema } from 'typebox';
import type { ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import type { WorkerOffer } from '../../contracts/cluster-objects.ts';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { Bus } from '../../ports/bus.ts';
import type { ObjectStore } from '../../ports/objects.ts';
import type { KeyStores, Scope } from '../common/api-keys.ts';
import type { Span } from '../common/trace.ts';
import type { Caller, KeyRing } from './key-ring.ts';
import type { Held, Limits } from './limits.ts';
import type { Replicas } from './replicas.ts';

export interface GatewayParts {
  readonly keys: KeyRing;
  readonly keyStores: KeyStores;
  readonly artifacts: Artifacts;
  readonly bus: Bus;
  readonly joins: Replicas;
  readonly commands: Replicas;
  /** Of the kind `WORKER_OFFERS`. */
  readonly offers: Pick<ObjectStore<WorkerOffer | undefined>, 'list'>;
  readonly limits: Limits;
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly log: Logger;
  readonly audit: Logger;
  /** How long an answer that is on its way may be silent; 10 s. */
  readonly silenceMs?: number;
  /** Ends all open streams. */
  readonly signal: AbortSignal;
}

export interface TypeBoxProvider extends FastifyTypeProvider {
  readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
  readonly serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, Logger, TypeBoxProvider>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Of requests below `/v1`, from the first hook on. */
    caller: Caller;
    /** The request as a step of its trace. */
    span: Span;
    /** Of a stream, a long poll, a download or a rebuild: aborts when it is to end, or its client is gone. */
    ending: AbortSignal;
    /** The code by which it was refused. */
    refusal?: ErrorCode;
  }
  interface FastifyContextConfig {
    /** What a key needs to be let in. */
    readonly scope?: Scope;
    /** What the request holds while it lasts; most: `requests`. */
    readonly holds?: Held;
  }
}
