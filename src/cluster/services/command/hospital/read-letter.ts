/**
 * What a message of topic `dead-letters` says: what fell ill, and of what. Services and Kafka Connect write them, each
 * with headers of their own; of anything else the letter itself is ill. Nothing is refused here. Pure.
 */
import { Value } from 'typebox/value';
import { splitDeadLetterHeaders } from '../../../contracts/dead-letter.ts';
import { RunId, runIdOf, TaskId } from '../../../contracts/fields.ts';
import type { Message } from '../../../ports/bus.ts';
import { storable } from '../storable.ts';
import type { Patient } from './case.ts';
import type { Illness } from './decide-case.ts';
import { caseIdOf, fingerprintOf } from './names.ts';

export interface Letter {
  readonly caseId: string;
  /** Whose key it is, only the runs tell. */
  readonly patient: Omit<Patient, 'keyId'>;
  readonly illness: Illness;
  readonly body: Uint8Array;
}

interface Finding {
  /** Headers of the message itself. */
  readonly own: Readonly<Record<string, string>>;
  readonly origin: string;
  readonly service: string;
  readonly code: string;
  readonly why: string;
  readonly attempts: number;
}

export function readLetter(message: Message): Letter {
  const { own, origin, service, code, why, attempts } = storable(findingIn(message));
  const type = own.type ?? null;
  const key = storable(message.key);
  return {
    caseId: caseIdOf('message', origin),
    patient: {
      kind: 'message',
      fingerprint: fingerprintOf('message', type, code),
      service,
      messageType: type,
      place: origin,
      key,
      headers: own,
      ...subjectOf(key),
      correlationId: own['correlation-id'] ?? null,
    },
    illness: { error: { code, message: why }, attempts, isLast: false },
    body: message.value,
  };
}

function findingIn(message: Message): Finding {
  const { own, dead } = splitDeadLetterHeaders(message.headers);
  const { topic, partition, offset, origin, service, code, why = '', attempts } = dead;
  const isOurs = topic !== undefined && service !== undefined && code !== undefined;
  if (!isOurs) return { ...strangersFinding({ ...message, headers: own }), ...historyOf(dead) };
  const place = origin ?? `${topic}/${partition}/${offset}`;
  return { own, origin: place, service, code, why, attempts: Math.max(1, Number.parseInt(attempts ?? '', 10) || 1) };
}

/** Headers of Kafka Connect begin so. */
const CONNECT = '__connect.errors.';
const WHY_CHARS = 2_000;

function strangersFinding({ topic, partition, offset, headers }: Message): Finding {
  const said = (name: string) => headers[CONNECT + name];
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(CONNECT)));
  const code = 'GB_MESSAGE_INVALID';
  const source = said('topic');
  if (source === undefined)
    return {
      own,
      origin: `${topic}/${partition}/${offset}`,
      service: 'unknown',
      code,
      why: 'Nobody said what is wrong with it.',
      attempts: 1,
    };
  const origin = `${source}/${said('partition')}/${said('offset')}`;
  const why = (said('exception.message') ?? '').slice(0, WHY_CHARS);
  return { own, origin, service: `connect ${said('connector.name') ?? ''}`.trim(), code, why, attempts: 1 };
}

/** Of one that was tried again, what we said of it then. */
const historyOf = ({ origin, attempts }: Readonly<Record<string, string>>): Partial<Finding> =>
  origin === undefined ? {} : { origin, attempts: 1 + (Number.parseInt(attempts ?? '', 10) || 1) };

/** Messages about a run have its id as key, or that of one of its tasks. */
function subjectOf(key: string | null): Pick<Patient, 'runId' | 'taskId'> {
  if (key !== null && Value.Check(RunId, key)) return { runId: key, taskId: null };
  if (key === null || !Value.Check(TaskId, key)) return { runId: null, taskId: null };
  return { runId: runIdOf(key), taskId: key };
}
