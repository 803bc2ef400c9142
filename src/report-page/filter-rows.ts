/** Rows that have every word of a query. A word with `=` must be one of the row's words; others may be part of one. */
export function filterRows(count: number, query: string, textOf: (row: number) => string): readonly number[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = Array.from({ length: count }, (_, row) => row);
  if (words.length === 0) return rows;
  return rows.filter(row => {
    const text = ` ${textOf(row)} `;
    return words.every(word => text.includes(word.includes('=') ? ` ${word} ` : word));
  });
}
