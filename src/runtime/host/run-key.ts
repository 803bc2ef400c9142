/**
 * `runKey`: SHA-256 over everything that decides a run. Equal keys mean equal result hashes.
 * V8's first two version numbers are part of it, because the last bits of Math.pow and its like change with V8.
 */
import { createHash } from 'node:crypto';
import { ABI } from '../bundle/abi.ts';
import type { RunOptions } from '../engine/run-options.ts';
import type { Product } from '../market/product.ts';
import type { ParamValue } from '../sdk/params.ts';

/** Raised where stored data become other bars than before: a bundle's hash covers the engine, but not who feeds it. */
export const DATA_RULES = 2;

export interface RunKeyParts {
  readonly bundleHash: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  /** In the order of the strategy's feeds. */
  readonly feeds: readonly FeedKey[];
  /** Account, costs and seed. */
  readonly options: RunOptions;
}

interface FeedKey {
  readonly name: string;
  readonly datasetHash: string;
  readonly product: Product;
  /** First bar's open and the end (exclusive), epoch milliseconds; null where the whole dataset is used. */
  readonly from: number | null;
  readonly to: number | null;
  readonly prices: 'adjusted' | 'raw';
}

/** 64 lower-case hexadecimal digits. */
export function runKey({ params, ...shared }: RunKeyParts): string {
  return runKeys(shared)(params);
}

/** The keys of runs that differ in their parameters alone: what they share is written and hashed once. */
export function runKeys(shared: Omit<RunKeyParts, 'params'>): (params: RunKeyParts['params']) => string {
  const text = keyText({ ...shared, params: PLACE });
  const at = text.lastIndexOf(PLACE_TEXT);
  const begun = createHash('sha256').update(text.slice(0, at));
  const rest = text.slice(at + PLACE_TEXT.length);
  return params =>
    begun
      .copy()
      .update(`${canonicalJson(params)}${rest}`)
      .digest('hex');
}

/** Stands where the parameters go; behind it come numbers of versions only. */
const PLACE = '$params';
const PLACE_TEXT = JSON.stringify(PLACE);

/** What decides a sweep: its runs' parameters, in order, and what is kept of each. */
export interface SweepKeyParts extends Omit<RunKeyParts, 'params'> {
  readonly sets: readonly RunKeyParts['params'][];
  readonly metrics: readonly string[];
}

/** 64 lower-case hexadecimal digits. */
export function sweepKey(parts: SweepKeyParts): string {
  return createHash('sha256').update(keyText(parts)).digest('hex');
}

function keyText(parts: object): string {
  const v8 = process.versions.v8.split('.').slice(0, 2).join('.');
  return canonicalJson({ ...parts, abi: ABI, dataRules: DATA_RULES, v8 });
}

/** JSON with sorted keys and no white space; undefined members are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isRecord(member) ? sortKeys(member) : member));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
