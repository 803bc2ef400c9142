/** LEAN's factor files: rows of `yyyymmdd,price factor,split factor,reference price`, sorted by date. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import type { FactorRow } from '../../market/adjust.ts';
import { isoDate, parseIsoDate } from '../../market/civil-date.ts';
import { readSource } from '../files.ts';

/** Throws GB_DATA_MISSING, GB_PERMISSION, GB_DATA_FORMAT with the line. */
export function readFactorFile(path: string): FactorRow[] {
  const text = readSource(path, () => readFileSync(path, 'utf8'));
  return parseFactors(text, basename(path));
}

function parseFactors(text: string, fileName: string): FactorRow[] {
  const rows: FactorRow[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const row = parseRow(line);
    const before = rows.at(-1);
    if (row === undefined || (before !== undefined && row.day <= before.day)) {
      const what =
        row === undefined ? 'is not `yyyymmdd,price factor,split factor`' : `is not after ${isoDate(before?.day ?? 0)}`;
      throw new GoboolError('GB_DATA_FORMAT', `${fileName}:${index + 1}: "${line}" ${what}.`);
    }
    rows.push(row);
  }
  return rows;
}

function parseRow(line: string): FactorRow | undefined {
  const [date = '', price = '', split = ''] = line.split(',');
  const day = parseIsoDate(date.trim().replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  const priceFactor = Number(price);
  const splitFactor = Number(split);
  const isFactor = (value: number): boolean => value > 0 && value < Infinity;
  if (day === undefined || !isFactor(priceFactor) || !isFactor(splitFactor)) return undefined;
  return { day, priceFactor, splitFactor };
}
