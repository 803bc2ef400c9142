/**
 * The shapes of what comes out of a sandbox, before anybody believes it. Fields of later versions may come beside
 * those that are known. Numbers may be NaN or infinite, where a strategy's own arithmetic was.
 */
import { type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { CASH_WIDTH } from '../../runtime/engine/cash-log.ts';
import { FILL_WIDTH } from '../../runtime/engine/fill-log.ts';
import { ORDER_WIDTH } from '../../runtime/engine/order-log.ts';
import { Hash } from '../contracts/fields.ts';

const AnyNumber = Type.Refine(Type.Unknown(), value => typeof value === 'number');
const Count = Type.Integer({ minimum: 0, maximum: 2 ** 40 });
const Text = Type.String({ maxLength: 10_000 });
const Name = Type.String({ maxLength: 1_000 });
const Column = Type.Refine(Type.Unknown(), value => value instanceof Float64Array);
const RowsOf = (width: number) =>
  Type.Refine(Type.Unknown(), value => value instanceof Float64Array && value.length % width === 0);
const OrNull = (type: TSchema) => Type.Union([type, Type.Null()]);
const RecordOf = (type: TSchema) => Type.Record(Type.String({ maxLength: 1_000 }), type);
const State = Type.Union([Type.Literal('completed'), Type.Literal('wiped-out')]);

const ParamDeclaration = Type.Union([
  Type.Object({
    type: Type.Union([Type.Literal('int'), Type.Literal('float')]),
    default: AnyNumber,
    min: AnyNumber,
    max: AnyNumber,
    step: Type.Optional(AnyNumber),
  }),
  Type.Object({ type: Type.Literal('bool'), default: Type.Boolean() }),
  Type.Object({ type: Type.Literal('choice'), default: Name, choices: Type.Array(Name) }),
]);

const Description = Type.Object({
  name: Name,
  feeds: Type.Array(Name, { maxItems: 1_000 }),
  data: RecordOf(Name),
  params: RecordOf(ParamDeclaration),
  form: Type.Union([Type.Literal('onBar'), Type.Literal('signals')]),
  account: RecordOf(Type.Union([AnyNumber, Type.Boolean(), Name])),
});

const Chunk = Type.Object({
  seq: Count,
  fromStep: Count,
  toStep: Count,
  time: Column,
  equity: Column,
  orders: RowsOf(ORDER_WIDTH),
  fills: RowsOf(FILL_WIDTH),
  cash: Type.Optional(RowsOf(CASH_WIDTH)),
});

const Metric = Type.Object({
  value: OrNull(AnyNumber),
  unit: Name,
  n: AnyNumber,
  definition: Text,
  interval: Type.Optional(Type.Object({ low: AnyNumber, high: AnyNumber, level: AnyNumber })),
  detail: Type.Optional(RecordOf(OrNull(AnyNumber))),
});

const Trade = Type.Object({
  product: Name,
  side: Type.Union([Type.Literal('long'), Type.Literal('short')]),
  open: Type.Boolean(),
  ...numbers('quantity entryTime exitTime entryPrice exitPrice fees pnl returnRatio entryStep bars mae mfe'),
});

const Position = Type.Object({ product: Name, ...numbers('quantity averagePrice lastPrice') });

const Benchmark = Type.Object({
  label: Name,
  dataset: Type.Optional(Type.Object({ name: Name, hash: Name })),
  metrics: RecordOf(Metric),
  equity: Column,
});

const Summary = Type.Object({
  state: State,
  steps: Count,
  chunks: Count,
  ...numbers('bars firstStep startTime endTime startEquity finalEquity finalCash fees slippage orders fills'),
  currency: Name,
  daily: Type.Object({ times: Column, values: Column }),
  trades: Type.Array(Trade),
  positions: Type.Array(Position, { maxItems: 10_000 }),
  metrics: RecordOf(Metric),
  dialect: Type.Optional(Name),
  benchmark: Benchmark,
  warnings: Type.Array(Type.Object({ code: Name, message: Text }), { maxItems: 10_000 }),
  rejections: RecordOf(AnyNumber),
  cashFlows: Type.Optional(RecordOf(AnyNumber)),
  marginCalls: Type.Optional(AnyNumber),
});

const IndicatorColumn = Type.Object({ name: Name, feed: Name, values: Column });

const Row = Type.Object({
  resultHash: Hash,
  state: State,
  finalEquity: AnyNumber,
  fills: Count,
  metrics: RecordOf(OrNull(AnyNumber)),
  samples: Count,
});

/** The piece itself, by its `kind`. Order and sums are checked elsewhere. */
export const PIECE_SHAPES = {
  description: Compile(Type.Object({ description: Description })),
  chunk: Compile(Type.Object({ chunk: Chunk })),
  summary: Compile(Type.Object({ summary: Summary })),
  columns: Compile(Type.Object({ columns: Type.Array(IndicatorColumn, { maxItems: 10_000 }) })),
  rows: Compile(Type.Object({ from: Count, rows: Type.Array(Row, { maxItems: 10_000 }) })),
} as const;

function numbers(names: string): Record<string, typeof AnyNumber> {
  return Object.fromEntries(names.split(' ').map(name => [name, AnyNumber]));
}
