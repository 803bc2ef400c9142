/** The REST interface of a Connect worker: the few requests that the local cluster makes. Throws what Connect says. */
import * as z from 'zod/mini';

const stateSchema = z.object({ state: z.string(), trace: z.optional(z.string()) });

const statesSchema = z.object({ connector: stateSchema, tasks: z.array(stateSchema) });
const infoSchema = z.object({ config: z.record(z.string(), z.string()) });

/** A connector that was just declared may lack either part for a moment. */
const connectorsSchema = z.record(
  z.string(),
  z.object({
    status: z._default(statesSchema, { connector: { state: 'UNASSIGNED' }, tasks: [] }),
    info: z._default(infoSchema, { config: {} }),
  }),
);

const validationSchema = z.object({
  configs: z.array(z.object({ value: z.object({ name: z.string(), errors: z.array(z.string()) }) })),
});

export type ConnectorStates = z.infer<typeof statesSchema>;
export type PresentConnectors = z.infer<typeof connectorsSchema>;
type Config = Readonly<Record<string, string>>;

export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ConnectRest {
  /** All connectors with their states and configuration. */
  readonly connectors: (signal: AbortSignal) => Promise<PresentConnectors>;
  /** Declares a connector, or changes it; then its tasks start anew. */
  readonly put: (name: string, config: Config, signal: AbortSignal) => Promise<void>;
  readonly resume: (name: string, signal: AbortSignal) => Promise<void>;
  /** Starts again what FAILED of it. */
  readonly restart: (name: string, signal: AbortSignal) => Promise<void>;
  /** What the plugin has against a connector's configuration, which it tries out. */
  readonly validate: (config: Config, signal: AbortSignal) => Promise<readonly string[]>;
}

export function connectRest(address: string): ConnectRest {
  const request = async (method: string, path: string, signal: AbortSignal, body?: Config): Promise<unknown> => {
    const sent = { method, signal, ...(body && { body: JSON.stringify(body) }) };
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`http://${address}${path}`, { ...sent, headers }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new Error(`no answer from ${address}.`, { cause: error });
    });
    const text = await response.text();
    if (!response.ok) throw new ConnectError(response.status, messageOf(text) ?? `HTTP ${response.status}`);
    return text === '' ? undefined : JSON.parse(text);
  };

  return {
    connectors: async signal =>
      connectorsSchema.parse(await request('GET', '/connectors?expand=status&expand=info', signal)),
    put: async (name, config, signal) => {
      await request('PUT', `/connectors/${name}/config`, signal, config);
    },
    resume: async (name, signal) => {
      await request('PUT', `/connectors/${name}/resume`, signal);
    },
    restart: async (name, signal) => {
      await request('POST', `/connectors/${name}/restart?includeTasks=true&onlyFailed=true`, signal);
    },
    validate: async (config, signal) => {
      const plugin = config['connector.class'];
      const answer = await request('PUT', `/connector-plugins/${plugin}/config/validate`, signal, config);
      return validationSchema.parse(answer).configs.flatMap(({ value }) => value.errors);
    },
  };
}

const messageOf = (text: string): string | undefined => /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
