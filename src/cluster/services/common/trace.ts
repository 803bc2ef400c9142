/**
 * What goes with everything that one request causes, through every process: its correlation id, and where in its trace
 * it is (W3C trace context, `traceparent`). A step of the way is a span, and a span is a line of the log with these ids
 * and how long the step took; whoever collects the lines can draw the trace. Every step is told, so every `traceparent`
 * that goes out says "sampled"; `tracestate` is not passed on.
 */
import { randomBytes } from 'node:crypto';

export interface Cause {
  readonly correlationId: string;
  /** `00-<trace id>-<span id>-01`, of the step that caused this one. Null: none did. */
  readonly traceparent: string | null;
}

/** The fields of a log line. */
export interface Span {
  readonly correlationId: string;
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** Null: the first step of its trace. */
  readonly parentSpanId: string | null;
}

/** Of versions to come only the parts that this one has are read. */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}(-.*)?$/;

/** A new step, in the trace of what caused it; in a new trace where that says none, or nonsense. */
export function nextSpan({ correlationId, traceparent }: Cause): Span {
  const { traceId, spanId } = partsOf(traceparent) ?? { traceId: randomBytes(16).toString('hex'), spanId: null };
  return { correlationId, traceId, spanId: randomBytes(8).toString('hex'), parentSpanId: spanId };
}

/** For what the step causes. */
export const causedBy = ({ correlationId, traceId, spanId }: Span): Cause & { readonly traceparent: string } => ({
  correlationId,
  traceparent: `00-${traceId}-${spanId}-01`,
});

/** Headers of a message. */
export const causeHeaders = ({ correlationId, traceparent }: Cause): Readonly<Record<string, string>> => ({
  'correlation-id': correlationId,
  ...(traceparent !== null && { traceparent }),
});

/** `otherwise`: the correlation id of a message that has none. */
export const causeIn = (headers: Readonly<Record<string, string>>, otherwise: string): Cause => ({
  correlationId: headers['correlation-id'] ?? otherwise,
  traceparent: partsOf(headers.traceparent ?? null) === undefined ? null : (headers.traceparent ?? null),
});

function partsOf(traceparent: string | null): { readonly traceId: string; readonly spanId: string } | undefined {
  const [, version, traceId, spanId, more] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  const isOdd = traceId === undefined || spanId === undefined || (version === '00' && more !== undefined);
  return isOdd ? undefined : { traceId, spanId };
}
