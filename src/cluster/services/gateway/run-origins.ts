/**
 * Where runs come from, as command has it. Only what it has read of Kafka: a run that was accepted a moment ago may be
 * unknown still, and while command is away all are.
 */
import { Value } from 'typebox/value';
import { RunOrigin } from '../../contracts/http/run-origin.ts';
import type { Replicas } from './replicas.ts';
import { soon } from './soon.ts';

/** A command that is frozen delays whoever needs it so long. */
const PATIENCE_MS = 300;

export class RunOrigins {
  readonly #commands: Pick<Replicas, 'ask'>;

  constructor(commands: Pick<Replicas, 'ask'>) {
    this.#commands = commands;
  }

  async find(runId: string, correlationId: string): Promise<RunOrigin | undefined> {
    const asked = this.#commands.ask(`/runs/${runId}`, { 'x-correlation-id': correlationId });
    const origin = await soon(asked, PATIENCE_MS);
    return Value.Check(RunOrigin, origin) ? origin : undefined;
  }
}
