/**
 * The settings: one schema per key, for values as a configuration file writes them and for their text in flags and
 * variables. A key that nobody set stays absent, because a strategy may set it, weaker than all of these.
 */
import * as z from 'zod/mini';
import { parseFee, parseSlippage } from '../../runtime/engine/parse-costs.ts';
import { METRIC_DIALECTS } from '../../runtime/metrics/dialects/dialect.ts';
import { textOption } from '../options/schemas.ts';
import { CLUSTER_KEYS, clusterSchema } from './cluster-schema.ts';

const positive = z.number().check(z.positive());
/** A rate of 100 % and more is a slip of units. */
const ratePerYear = z.number().check(z.gte(0), z.lt(1));
const wholePositive = z.int().check(z.positive());

/** Dataset references by feed; '' stands for the strategy's only feed. */
export type DataReferences = Readonly<Record<string, string>>;

const PLAIN = {
  cash: positive,
  fee: textOption(parseFee),
  slippage: textOption(parseSlippage),
  lot: z.number().check(z.nonnegative()),
  allowShort: z.boolean(),
  leverage: z.number().check(z.gte(1)),
  prices: z.enum(['adjusted', 'raw']),
  seed: z.int().check(z.gte(0), z.lte(0xffff_ffff)),
  executor: z.enum(['inline', 'thread']),
  maintenanceMargin: z.number().check(z.gte(0), z.lte(1)),
  borrow: ratePerYear,
  interest: ratePerYear,
  marginInterest: ratePerYear,
  maxParticipation: z.number().check(z.positive(), z.lte(1)),
  limitFill: z.enum(['through', 'touch']),
  sizing: z.enum(['fill', 'decision']),
  benchmark: z.string().check(z.minLength(1)),
  metrics: z.enum(METRIC_DIALECTS),
};

const LIMITS = { barTimeoutMs: wholePositive, memoryMb: wholePositive };

/** What runs are told, as a configuration file or a program writes it. */
export const fileSchema = z.partial(
  z.strictObject({
    ...PLAIN,
    data: z.pipe(
      z.union([z.string(), z.record(z.string(), z.string())]),
      z.transform((value): DataReferences => (typeof value === 'string' ? { '': value } : value)),
    ),
    limits: z.partial(z.strictObject(LIMITS)),
  }),
);

/** A configuration file. */
export const configSchema = z.extend(fileSchema, { cluster: z.optional(clusterSchema) });

/** The compiled settings of runs. */
export type Settings = z.output<typeof fileSchema>;

/** Settings as flags: `--cash 5000 --data spy=spy.csv`. */
export const flagShape = {
  data: z.optional(z.pipe(z.array(z.string()), z.transform(parseReferences))),
  cash: z.optional(numeric(PLAIN.cash)),
  fee: z.optional(PLAIN.fee),
  slippage: z.optional(PLAIN.slippage),
  lot: z.optional(numeric(PLAIN.lot)),
  allowShort: z.optional(PLAIN.allowShort),
  leverage: z.optional(numeric(PLAIN.leverage)),
  prices: z.optional(PLAIN.prices),
  seed: z.optional(numeric(PLAIN.seed)),
  executor: z.optional(PLAIN.executor),
  maintenanceMargin: z.optional(numeric(PLAIN.maintenanceMargin)),
  borrow: z.optional(numeric(PLAIN.borrow)),
  interest: z.optional(numeric(PLAIN.interest)),
  marginInterest: z.optional(numeric(PLAIN.marginInterest)),
  maxParticipation: z.optional(numeric(PLAIN.maxParticipation)),
  limitFill: z.optional(PLAIN.limitFill),
  sizing: z.optional(PLAIN.sizing),
  benchmark: z.optional(PLAIN.benchmark),
  metrics: z.optional(PLAIN.metrics),
};

export const flagSchema = z.object(flagShape);

/** Settings as `GOBOOL_` variables, by key: `GOBOOL_CASH` is `cash`. */
export const variableSchema = z.object({
  ...flagShape,
  data: z.optional(textOption(text => parseReferences(text.split(',')))),
  allowShort: z.optional(
    z.pipe(
      z.enum(['true', 'false', '1', '0']),
      z.transform(text => text === 'true' || text === '1'),
    ),
  ),
  barTimeoutMs: z.optional(numeric(LIMITS.barTimeoutMs)),
  memoryMb: z.optional(numeric(LIMITS.memoryMb)),
});

export const SETTING_KEYS: readonly string[] = [...Object.keys(flagShape), 'limits'];
export const CONFIG_KEYS: readonly string[] = [...SETTING_KEYS, 'cluster'];
export const VARIABLE_KEYS: readonly string[] = [...Object.keys(flagShape), ...Object.keys(LIMITS)];

/** Every setting that has a value of its own. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(flagShape),
  ...Object.keys(LIMITS).map(key => `limits.${key}`),
  ...CLUSTER_KEYS.map(key => `cluster.${key}`),
];

/** What holds where no layer says anything; the rest is up to the strategy and to the engine. */
export const DEFAULT_SETTINGS = {
  prices: 'adjusted',
  executor: 'thread',
  metrics: 'native',
} as const satisfies Settings;

function numeric<S extends z.core.$ZodType<number, number>>(schema: S) {
  const read = z.transform((text: string) => (text.trim() === '' ? Number.NaN : Number(text)));
  return z.pipe(z.pipe(z.string(), read), schema);
}

/** `spy=spy.csv` names a feed, `spy.csv` does not. A path may contain `=` only after its first slash or dot. */
function parseReferences(references: string[]): DataReferences {
  return Object.fromEntries(
    references.map(reference => {
      const [, feed = '', rest = reference] = /^([A-Za-z_$][\w$]*)=(.+)$/.exec(reference.trim()) ?? [];
      return [feed, rest.trim()];
    }),
  );
}
