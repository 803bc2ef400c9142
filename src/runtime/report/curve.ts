/** A curve as it is drawn: samples, each with the range it stands for. Times increase; there is at least one sample. */
export interface Curve {
  /** When each value became known, such as a bar's close; epoch milliseconds. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Lowest and highest value that a sample stands for; absent: the value itself. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}

export type Columns = Required<Curve>;

/** Brings a curve to `count` columns of equally many steps each. */
export function columnsOf(curve: Curve, count: number): Columns {
  const columns = {
    times: new Float64Array(count),
    values: new Float64Array(count),
    low: new Float64Array(count),
    high: new Float64Array(count),
  };
  if (curve.values.length < count) stretch(curve, columns, count);
  else gather(curve, columns, count);
  return columns;
}

/** The curve without the samples before `time`; its last one always stays. */
export function since({ times, values, low, high }: Curve, time: number): Curve {
  const found = times.findIndex(each => each >= time);
  const from = found < 0 ? times.length - 1 : found;
  return {
    times: times.subarray(from),
    values: values.subarray(from),
    ...(low && { low: low.subarray(from) }),
    ...(high && { high: high.subarray(from) }),
  };
}

/** Values of `curve` at `times`: the last one known, or the first one before that. */
export function valuesAt(curve: Curve, times: Float64Array): Float64Array {
  let at = 0;
  return times.map(time => {
    while (at + 1 < curve.times.length && curve.times[at + 1]! <= time) at++;
    return curve.values[at]!;
  });
}

/** Fewer samples than columns: straight lines between them. */
function stretch({ times, values }: Curve, columns: Columns, count: number): void {
  const last = values.length - 1;
  for (let column = 0; column < count; column++) {
    const position = (column / Math.max(1, count - 1)) * last;
    const left = Math.floor(position);
    const right = Math.min(last, left + 1);
    const value = values[left]! + (position - left) * (values[right]! - values[left]!);
    columns.times[column] = times[left]! + (position - left) * (times[right]! - times[left]!);
    columns.values[column] = value;
    columns.low[column] = value;
    columns.high[column] = value;
  }
}

/** More samples than columns: each column keeps its last value and the whole range. */
function gather({ times, values, low = values, high = values }: Curve, columns: Columns, count: number): void {
  for (let column = 0, from = 0; column < count; column++) {
    const to = Math.floor(((column + 1) * values.length) / count);
    columns.times[column] = times[to - 1]!;
    columns.values[column] = values[to - 1]!;
    columns.low[column] = low[from]!;
    columns.high[column] = high[from]!;
    for (; from < to; from++) {
      if (low[from]! < columns.low[column]!) columns.low[column] = low[from]!;
      if (high[from]! > columns.high[column]!) columns.high[column] = high[from]!;
    }
  }
}
