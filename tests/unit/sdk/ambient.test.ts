import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as ambient from '../../../src/runtime/sdk/ambient.ts';

const NOON = Date.UTC(2020, 6, 1, 12, 30, 15, 250);

describe('Date', () => {
  test('now is the time of the bar', () => {
    ambient.setAmbientClock(() => NOON);
    expect(ambient.Date.now()).toBe(NOON);
    expect(new ambient.Date().getTime()).toBe(NOON);
    expect(ambient.Date()).toBe('Wed Jul 01 2020 12:30:15 GMT+0000 (Coordinated Universal Time)');
  });

  test('is a Date like any other', () => {
    const date = new ambient.Date(NOON);
    expect(date instanceof Date && date instanceof ambient.Date).toBe(true);
    expect(date.constructor).toBe(ambient.Date);
    expect(ambient.Date.name).toBe('Date');
    expect(Object.getPrototypeOf(ambient.Date)).toBe(Function.prototype);
    expect(JSON.stringify(date)).toBe('"2020-07-01T12:30:15.250Z"');
    expect(ambient.Date.UTC(2020, 6)).toBe(Date.UTC(2020, 6));
    expect(+new ambient.Date(date)).toBe(NOON);
    expect(String(new ambient.Date(NaN))).toBe('Invalid Date');
  });

  test.each(['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const)('%s is refused', name => {
    expect(() => new ambient.Date()[name]()).toThrow(expect.objectContaining({ code: 'GB_STRATEGY_FORBIDDEN' }));
  });

  test.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'])(
    'local time is UTC on a machine in %s',
    zone => {
      const script = fileURLToPath(new URL('../../fixtures/dates-in-zone.ts', import.meta.url));
      const output = execFileSync(process.execPath, [script], { env: { TZ: zone }, encoding: 'utf8' });
      expect(JSON.parse(output)).toEqual({
        parsed: Array(17).fill('2020-01-02T10:00:00.000Z'),
        dates: Array(8).fill('2020-01-02T00:00:00.000Z'),
        withOffset: Array(6).fill('2020-01-02T10:00:00.000Z'),
        fields: [2020, 0, 2, 4, 10, 0, 0, 0, 0, 120],
        texts: ['Thu Jan 02 2020 10:00:00 GMT+0000 (Coordinated Universal Time)', 'Thu Jan 02 2020'],
        set: '1999-03-04T05:06:07.008Z',
      });
    },
  );
});

describe('Math', () => {
  test('random() starts anew with the seed', () => {
    ambient.seedAmbient(1);
    const first = [ambient.Math.random(), ambient.Math.random()];
    ambient.seedAmbient(1);
    expect([ambient.Math.random(), ambient.Math.random()]).toEqual(first);
    expect(first).toEqual([0.09156953175513294, expect.any(Number)]);
  });

  test('has everything else that Math has, and is frozen', () => {
    expect(Object.getOwnPropertyNames(ambient.Math).sort()).toEqual(Object.getOwnPropertyNames(Math).sort());
    expect(ambient.Math.sqrt).toBe(Math.sqrt);
    expect(String(ambient.Math)).toBe('[object Math]');
    expect(Object.isFrozen(ambient.Math)).toBe(true);
  });
});

test('globalThis knows the language, and nothing of the host; what it knows cannot be changed', () => {
  const attempts = Object.keys(ambient.globalThis).flatMap(name => [
    Reflect.set(ambient.globalThis, name, 1),
    Reflect.deleteProperty(ambient.globalThis, name),
    Reflect.defineProperty(ambient.globalThis, name, { value: 1 }),
  ]);
  expect(new Set(attempts)).toEqual(new Set([false]));
  expect(ambient.globalThis.globalThis).toBe(ambient.globalThis);
  expect(ambient.globalThis.Date).toBe(ambient.Date);
  expect(ambient.globalThis.Object).toBe(Object);
  expect(ambient.globalThis.process).toBeUndefined();
});

test('Function is for instanceof, not for making code', () => {
  const noop = (): void => {};
  expect(noop instanceof ambient.Function).toBe(true);
  for (const make of [() => ambient.Function('return this'), () => new ambient.Function('return this')])
    expect(make).toThrow(expect.objectContaining({ code: 'GB_STRATEGY_FORBIDDEN' }));
});
