import { describe, expect, test } from 'vitest';
import type { ConnectorStates } from '../../../../src/cluster/dev/components/connect-rest.ts';
import {
  connectorDrift,
  connectorsToPut,
  hasFailed,
  isPaused,
  isRunning,
  statesText,
} from '../../../../src/cluster/dev/components/connector-plan.ts';

const A = { name: 'a', config: { topics: 'x', 'tasks.max': '1' } };
const B = { name: 'b', config: { topics: 'y' } };

const states = (connector: string, ...tasks: readonly string[]): ConnectorStates => ({
  connector: { state: connector },
  tasks: tasks.map(state => ({ state })),
});

/** As a worker shows it, with the name in the configuration. */
const present = (name: string, config: Readonly<Record<string, string>>) => ({
  [name]: { status: states('RUNNING', 'RUNNING'), info: { config: { name, ...config } } },
});

describe('the plan', () => {
  test('puts what is missing or differs, and nothing else', () => {
    const worker = { ...present('a', A.config), ...present('own', {}) };
    expect(connectorsToPut([A, B], worker)).toEqual([B]);
    expect(connectorsToPut([A], present('a', { ...A.config, 'tasks.max': '2' }))).toEqual([A]);
    expect(connectorsToPut([A], present('a', { ...A.config, more: '1' }))).toEqual([A]);
    expect(connectorsToPut([A], present('a', { topics: 'x' }))).toEqual([A]);
    expect(connectorsToPut([A], { ...present('a', { 'tasks.max': '1', topics: 'x' }) })).toEqual([]);
  });

  test('drift names what is missing, differs, or is unknown', () => {
    const worker = { ...present('a', { topics: 'z', more: '1' }), ...present('own', {}) };
    expect(connectorDrift([A, B], worker)).toEqual([
      'connector a differs in topics, tasks.max, more',
      'connector b is missing',
      'connector own is not declared',
    ]);
    expect(connectorDrift([A], present('a', A.config))).toEqual([]);
  });
});

describe('states', () => {
  test.each([
    [states('RUNNING', 'RUNNING', 'RUNNING'), { running: true, failed: false, paused: false }],
    [states('RUNNING'), { running: false, failed: false, paused: false }],
    [states('RUNNING', 'RUNNING', 'FAILED'), { running: false, failed: true, paused: false }],
    [states('FAILED', 'RUNNING'), { running: false, failed: true, paused: false }],
    [states('PAUSED', 'PAUSED'), { running: false, failed: false, paused: true }],
    [states('STOPPED'), { running: false, failed: false, paused: true }],
    [states('UNASSIGNED', 'UNASSIGNED'), { running: false, failed: false, paused: false }],
  ])('%j', (of, { running, failed, paused }) => {
    expect({ running: isRunning(of), failed: hasFailed(of), paused: isPaused(of) }).toEqual({
      running,
      failed,
      paused,
    });
  });

  test('no connector runs nowhere', () => {
    expect(isRunning(undefined)).toBe(false);
    expect(isPaused(undefined)).toBe(false);
    expect(statesText('a', undefined)).toBe('connector a is missing');
  });

  test('the text says what is not RUNNING, and the innermost cause', () => {
    const trace = 'x.ConnectException: outer\n\tat y\nCaused by: x.MongoException: not allowed\n\tat z\n';
    const failed = { connector: { state: 'RUNNING' }, tasks: [{ state: 'RUNNING' }, { state: 'FAILED', trace }] };
    expect(statesText('a', failed)).toBe('connector a: task 1 is FAILED, x.MongoException: not allowed');
    expect(statesText('a', states('UNASSIGNED'))).toBe('connector a: it is UNASSIGNED');
    expect(statesText('a', states('RUNNING'))).toBe('connector a: it has no task yet');
  });
});
