interface Named {
  ticker: string;
  name: string;
}

/** Companies whose ticker or name holds the query, best first: the ticker itself, its beginning, a word's beginning. */
export function findCompanies<Row extends Named>(rows: readonly Row[], query: string): Row[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [...rows];
  return rows
    .map((row) => ({ row, rank: rankOf(row, wanted) }))
    .filter(({ rank }) => rank < 5)
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}

function rankOf({ ticker, name }: Named, wanted: string): number {
  const symbol = ticker.toLowerCase();
  const words = name.toLowerCase();
  if (symbol === wanted) return 0;
  if (symbol.startsWith(wanted)) return 1;
  if (words.startsWith(wanted)) return 2;
  if (words.includes(` ${wanted}`)) return 3;
  return words.includes(wanted) ? 4 : 5;
}
