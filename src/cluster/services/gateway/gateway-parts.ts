/** What the routes of the gateway work with, and the types that fastify needs. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyTypeProvider } from 'fastify';
import type { Logger } from 'pino';
import type { Static, TSchema } from 'typebox';
import type { Artifacts } from '../../ports/artifacts.ts';
import type { Bus } from '../../ports/bus.ts';
import type { Scope } from '../common/api-keys.ts';
import type { Span } from '../common/trace.ts';
import type { JoinReplicas } from './join-replicas.ts';
import type { Caller, KeyRing } from './key-ring.ts';
import type { Limits } from './limits.ts';

export interface GatewayParts {
  readonly keys: KeyRing;
  readonly artifacts: Artifacts;
  readonly bus: Bus;
  readonly joins: JoinReplicas;
  readonly limits: Limits;
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly log: Logger;
  /** Ends all open streams. */
  readonly signal: AbortSignal;
}

export interface TypeBoxProvider extends FastifyTypeProvider {
  readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, Logger, TypeBoxProvider>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Of requests below `/v1`, from the first hook on. */
    caller: Caller;
    /** The request as a step of its trace. */
    span: Span;
  }
  interface FastifyContextConfig {
    /** What a key needs to be let in. */
    readonly scope?: Scope;
  }
}
