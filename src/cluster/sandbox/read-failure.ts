/**
 * The error that a task ended with, out of bytes that may be anything: only known codes, only of strategies, only known
 * fields, none longer than a person would read.
 */
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { BarPlace, ErrorData } from '../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../runtime/base/error-codes/index.ts';
import { decodeFrame } from '../contracts/frame.ts';
import type { SandboxOutcome } from './sandbox.ts';
import { protocolError } from './wire.ts';

/** Of usage, of a strategy, of data: what a task may say of itself. The others are the cluster's own to say. */
const OWN_EXIT_CODES: readonly number[] = [2, 3, 7];

const VERDICTS: Partial<Record<ErrorCode, 'TIMEOUT' | 'OOM'>> = {
  GB_STRATEGY_TIMEOUT: 'TIMEOUT',
  GB_STRATEGY_MEMORY: 'OOM',
};

const Value = Type.Union([Type.String({ maxLength: 1_000 }), Type.Boolean(), Type.Unsafe<number>(anyNumber())]);
const Failure = Type.Object({
  code: Type.String(),
  message: Type.String(),
  hint: Type.Optional(Type.String()),
  problems: Type.Optional(Type.Array(Type.String(), { maxItems: 200 })),
  stack: Type.Optional(Type.String()),
  where: Type.Optional(
    Type.Object({
      bar: Type.Optional(
        Type.Object({
          feed: Type.String({ maxLength: 1_000 }),
          index: Type.Integer(),
          time: Type.Number(),
          values: Type.Record(Type.String({ maxLength: 1_000 }), Value, { maxProperties: 1_000 }),
        }),
      ),
    }),
  ),
});
const shape = Compile(Failure);

/** Throws `GB_SANDBOX_PROTOCOL` or `GB_FRAME_INVALID`. */
export function readFailure(frame: Buffer): Exclude<SandboxOutcome, { verdict: 'DONE' }> {
  const failure: unknown = decodeFrame(frame);
  if (!shape.Check(failure)) throw protocolError('its error is none');
  const { code, message, hint, problems = [], stack, where } = failure;
  if (!isOwnCode(code)) throw protocolError('its error has a code that is not its to use');
  const bar: BarPlace | undefined = where?.bar;
  const error: ErrorData = {
    code,
    message: message.slice(0, 10_000),
    problems: problems.map(problem => problem.slice(0, 2_000)),
    ...(hint !== undefined && { hint: hint.slice(0, 2_000) }),
    ...(stack !== undefined && { stack: stack.slice(0, 20_000) }),
    ...(bar && { where: { bar: { feed: bar.feed, index: bar.index, time: bar.time, values: storable(bar.values) } } }),
  };
  return { verdict: VERDICTS[code] ?? 'THROW', error };
}

/** MongoDB knows no names of fields with NUL in them: join could not store the failure. */
const storable = (values: BarPlace['values']): BarPlace['values'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name.replaceAll('\0', '\u{FFFD}'), value]));

function isOwnCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CATALOGUE, code) && OWN_EXIT_CODES.includes(ERROR_CATALOGUE[code as ErrorCode].exitCode);
}

function anyNumber() {
  return Type.Refine(Type.Unknown(), value => typeof value === 'number');
}
