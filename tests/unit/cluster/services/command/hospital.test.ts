/** What becomes of cases, as tables. */
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../../../src/cluster/ports/bus.ts';
import {
  type Case,
  type CaseEvent,
  evolveCase,
  type FirstCaseEvent,
  newCase,
} from '../../../../../src/cluster/services/command/hospital/case.ts';
import { caseView } from '../../../../../src/cluster/services/command/hospital/case-view.ts';
import {
  decideIllness,
  decideResolution,
  type Illness,
} from '../../../../../src/cluster/services/command/hospital/decide-case.ts';
import { caseIdOf, fingerprintOf } from '../../../../../src/cluster/services/command/hospital/names.ts';
import { type Policies, policyOf } from '../../../../../src/cluster/services/command/hospital/policies.ts';
import { readLetter } from '../../../../../src/cluster/services/command/hospital/read-letter.ts';

const NOW_MS = 1_000_000;
const caseId = caseIdOf('message', 'commands/3/17');
const error = { code: 'GB_SQL_REFUSED', message: 'no' };
const illness = (attempts: number, more: Partial<Illness> = {}): Illness => ({
  error,
  attempts,
  isLast: false,
  ...more,
});

const ADMITTED: FirstCaseEvent = {
  type: 'admitted',
  kind: 'message',
  fingerprint: fingerprintOf('message', 'run.submit.v1', error.code),
  service: 'command',
  messageType: 'run.submit.v1',
  place: 'commands/3/17',
  key: null,
  headers: {},
  runId: null,
  taskId: null,
  keyId: null,
  correlationId: null,
  state: 'open',
  error,
  attempts: 5,
  atMs: 1,
  nextMs: null,
};
const OPEN = newCase(caseId, ADMITTED);

describe('policies', () => {
  const usual = { retryMs: [1_000, 5_000, 30_000], finally: 'person' };

  test.each<[string, Policies, string, object]>([
    ['as usual', {}, 'GB_ANY', usual],
    ['of all', { '*': { finally: 'ignore' } }, 'GB_ANY', { ...usual, finally: 'ignore' }],
    ['of one', { '*': { finally: 'ignore' }, GB_ANY: { retryMs: [], finally: 'notify' } }, 'GB_ANY', { retryMs: [] }],
    ['what cannot be read is not tried again', {}, 'GB_MESSAGE_INVALID', { retryMs: [], finally: 'person' }],
    ['whatever is said of all', { '*': { retryMs: [9], finally: 'ignore' } }, 'GB_MESSAGE_INVALID', { retryMs: [] }],
    ['but by its name', { GB_MESSAGE_INVALID: { finally: 'ignore' } }, 'GB_MESSAGE_INVALID', { finally: 'ignore' }],
    ['who always exits does it himself', {}, 'GB_SANDBOX_EXIT', { retryMs: [1_000, 5_000], finally: 'ignore' }],
  ])('%s', (_, policies, code, expected) => {
    expect(policyOf(policies, code)).toMatchObject(expected);
  });
});

describe('what falls ill', () => {
  const retried = (retries: number): Case => ({ ...OPEN, state: 'retried', retries });
  const policies: Policies = { '*': { retryMs: [10, 20], finally: 'person' } };

  test.each<[string, Case | undefined, Illness, Policies, object | undefined]>([
    ['is tried again after a pause', undefined, illness(1), policies, { state: 'retrying', nextMs: NOW_MS + 10 }],
    ['and after the next one', retried(1), illness(6), policies, { state: 'retrying', nextMs: NOW_MS + 20 }],
    ['then it waits for a person', retried(2), illness(6), policies, { state: 'open', nextMs: null }],
    [
      'at once, where its pauses were used elsewhere',
      undefined,
      illness(4, { isLast: true }),
      policies,
      { state: 'open' },
    ],
    ['or is given up', undefined, illness(4, { isLast: true }), { '*': { finally: 'ignore' } }, { state: 'ignored' }],
    ['said twice it is nothing new', retried(1), illness(5), policies, undefined],
    ['nor while it is here', OPEN, illness(6), policies, undefined],
    ['nor when it was given up', { ...OPEN, state: 'discarded' }, illness(6), policies, undefined],
  ])('%s', (_, known, given, by, expected) => {
    const condition = decideIllness(known, given, by, NOW_MS);
    if (expected === undefined) expect(condition).toBeUndefined();
    else expect(condition).toMatchObject({ error, attempts: given.attempts, atMs: NOW_MS, ...expected });
  });
});

describe('a person', () => {
  const task: Case = { ...OPEN, kind: 'task' };
  const retry = { caseId, keyId: 'k-1', action: 'retry' } as const;
  const discard = { caseId, keyId: 'k-1', action: 'discard' } as const;

  test.each<[string, Case, typeof retry | typeof discard, CaseEvent | undefined]>([
    ['has a message tried again at once', OPEN, retry, { type: 'scheduled', nextMs: NOW_MS, by: 'k-1' }],
    ['and a task', task, retry, { type: 'retried', by: 'k-1' }],
    [
      'need not wait for a pause',
      { ...OPEN, state: 'retrying' },
      retry,
      { type: 'scheduled', nextMs: NOW_MS, by: 'k-1' },
    ],
    ['gives it up', task, discard, { type: 'discarded', by: 'k-1' }],
    ['once', { ...task, state: 'discarded' }, retry, undefined],
    ['or not at all', { ...OPEN, state: 'ignored' }, discard, undefined],
  ])('%s', (_, known, resolution, expected) => {
    expect(decideResolution(known, resolution, NOW_MS)).toEqual(expected);
  });
});

test('what events add up to', () => {
  const retrying = newCase(caseId, { ...ADMITTED, state: 'retrying', nextMs: 9 });
  expect(retrying).toMatchObject({ version: 1, state: 'retrying', retries: 1, nextMs: 9 });
  const fold = (...events: readonly CaseEvent[]) => events.reduce(evolveCase, retrying);
  const again: CaseEvent = { type: 'relapsed', state: 'retrying', error, attempts: 10, atMs: 20, nextMs: 30 };
  const back: CaseEvent = { type: 'retried', by: null };
  expect(fold(back)).toMatchObject({ version: 2, state: 'retried', nextMs: null, retries: 1 });
  expect(fold(back, again)).toMatchObject({ state: 'retrying', attempts: 10, atMs: 20, nextMs: 30, retries: 2 });
  expect(fold(back, again, { type: 'scheduled', nextMs: 40, by: 'k-1' })).toMatchObject({ nextMs: 40, retries: 0 });
  expect(fold({ type: 'discarded', by: null })).toMatchObject({ state: 'discarded', nextMs: null });
});

test('a view has no fields about which nobody knows anything', () => {
  expect(caseView(OPEN)).toEqual({
    caseId,
    kind: 'message',
    state: 'open',
    code: 'GB_SQL_REFUSED',
    message: 'no',
    fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
    service: 'command',
    type: 'run.submit.v1',
    attempts: 5,
    atMs: 1,
  });
});

describe('a letter', () => {
  const runId = 'r-0123456789abcdef01234567';
  const letter = (headers: Readonly<Record<string, string>>, key: string | null = null): Message => ({
    topic: 'dead-letters',
    partition: 0,
    offset: 7n,
    timeMs: 0,
    key,
    value: Buffer.from([0, 255]),
    headers,
  });
  const dead = { 'dead-topic': 'commands', 'dead-partition': '3', 'dead-offset': '17', 'dead-service': 'command' };
  const said = { ...dead, 'dead-code': 'GB_SQL_REFUSED', 'dead-why': 'no', 'dead-attempts': '5' };

  test('keeps bytes, headers and place, and names whom it is about', () => {
    const own = { type: 'task.failed.v1', 'correlation-id': 'c' };
    expect(readLetter(letter({ ...own, ...said }, `${runId}-12`))).toEqual({
      caseId,
      patient: {
        kind: 'message',
        fingerprint: fingerprintOf('message', 'task.failed.v1', 'GB_SQL_REFUSED'),
        service: 'command',
        messageType: 'task.failed.v1',
        place: 'commands/3/17',
        key: `${runId}-12`,
        headers: own,
        runId,
        taskId: `${runId}-12`,
        correlationId: 'c',
      },
      illness: illness(5),
      body: Buffer.from([0, 255]),
    });
    expect(readLetter(letter(said, runId)).patient).toMatchObject({ runId, taskId: null });
    expect(readLetter(letter(said, 'BTC')).patient).toMatchObject({ runId: null, taskId: null, key: 'BTC' });
  });

  test('of a message that was tried again is about the same case', () => {
    const again = { ...said, 'dead-offset': '99', 'dead-origin': 'commands/3/17', 'dead-attempts': '10' };
    expect(readLetter(letter(again))).toMatchObject({ caseId, illness: { attempts: 10 } });
    expect(readLetter(letter({ ...said, 'dead-service': 'join' })).caseId).toBe(caseId);
  });

  test('of Kafka Connect is read too, and one of nobody is ill itself', () => {
    const connect = (name: string, value: string) => [`__connect.errors.${name}`, value];
    const headers = Object.fromEntries([
      connect('topic', 'candles.1m'),
      connect('partition', '2'),
      connect('offset', '5'),
      connect('connector.name', 'market-candles'),
      connect('exception.message', 'no JSON \0'),
    ]);
    const ofConnect = readLetter(letter({ own: 'x', ...headers }));
    expect(ofConnect.patient).toMatchObject({ place: 'candles.1m/2/5', headers: { own: 'x' } });
    expect(ofConnect.patient.service).toBe('connect market-candles');
    expect(ofConnect.illness.error).toEqual({ code: 'GB_MESSAGE_INVALID', message: 'no JSON \u{FFFD}' });
    const again = readLetter(letter({ ...headers, 'dead-origin': 'candles.1m/2/5', 'dead-attempts': '1' }));
    expect(again).toMatchObject({ caseId: ofConnect.caseId, illness: { attempts: 2 } });
    const ofNobody = readLetter(letter({ 'dead-attempts': 'many' }));
    expect(ofNobody.patient).toMatchObject({ place: 'dead-letters/0/7', service: 'unknown' });
    expect(readLetter(letter({ ...said, 'dead-attempts': 'many' })).illness.attempts).toBe(1);
  });
});
