import { describe, expect, test } from 'vitest';
import { causedBy, causeHeaders, causeIn, nextSpan } from '../../../../src/cluster/services/common/trace.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const stepAfter = (traceparent: string | null) => nextSpan({ correlationId: 'c-1', traceparent });

test('a step is in the trace of what caused it, and causes the next one', () => {
  const first = stepAfter(`00-${TRACE}-${SPAN}-00`);
  expect(first).toMatchObject({ correlationId: 'c-1', traceId: TRACE, parentSpanId: SPAN });
  expect(first.spanId).toMatch(/^[0-9a-f]{16}$/);
  const second = nextSpan(causedBy(first));
  expect(second).toMatchObject({ correlationId: 'c-1', traceId: TRACE, parentSpanId: first.spanId });
  expect(second.spanId).not.toBe(first.spanId);
});

test('headers carry it to the next process', () => {
  const cause = causedBy(stepAfter(null));
  const headers = causeHeaders(cause);
  expect(headers).toEqual({ 'correlation-id': 'c-1', traceparent: cause.traceparent });
  expect(causeIn(headers, 'r-1')).toEqual(cause);
  expect(causeHeaders({ ...cause, traceparent: null })).toEqual({ 'correlation-id': 'c-1' });
  expect(causeIn({}, 'r-1')).toEqual({ correlationId: 'r-1', traceparent: null });
  expect(causeIn({ traceparent: 'nonsense' }, 'r-1').traceparent).toBeNull();
});

describe('traceparent', () => {
  test.each([`01-${TRACE}-${SPAN}-01`, `01-${TRACE}-${SPAN}-01-and-more`])('of a later version: %s', text => {
    expect(stepAfter(text)).toMatchObject({ traceId: TRACE, parentSpanId: SPAN });
  });

  test.each([
    ['nothing', null],
    ['no text', ''],
    ['no hex', `00-${TRACE.replace('4', 'g')}-${SPAN}-01`],
    ['capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['no trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['no span', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['version ff', `ff-${TRACE}-${SPAN}-01`],
    ['too few parts', `00-${TRACE}-${SPAN}`],
    ['more than version 00 has', `00-${TRACE}-${SPAN}-01-more`],
  ])('%s: a new trace begins', (_, text) => {
    const { traceId, parentSpanId } = stepAfter(text);
    expect(traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    expect(traceId).not.toBe(TRACE);
    expect(parentSpanId).toBeNull();
  });
});
