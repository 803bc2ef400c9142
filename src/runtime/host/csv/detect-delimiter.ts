/** Which character parts the fields: the one that parts most of the first lines into the same number of fields. */

/** Where several fit equally well the first is taken; the comma comes last, since it also serves as decimal sign. */
const DELIMITERS = ['\t', ';', '|', ','] as const;

const QUOTED = /"[^"]*"/g;

/** A comma where no character fits. */
export function detectDelimiter(lines: readonly string[]): string {
  const scores = DELIMITERS.map(delimiter => {
    const counts = lines.map(line => line.replace(QUOTED, '').split(delimiter).length);
    const most = commonest(counts);
    return most < 2 ? 0 : counts.filter(count => count === most).length * 1000 + most;
  });
  const best = Math.max(...scores);
  return best === 0 ? ',' : (DELIMITERS[scores.indexOf(best)] ?? ',');
}

/** The value that occurs most often, the first of several; 0 for no values. */
export function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = 0;
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
}
