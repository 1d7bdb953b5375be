import type { AnalysesChanged } from "@chat/protocol/frames.gen";
import type { QueryClient } from "@tanstack/react-query";

/** Everybody hears of an import in the same moment; they need not all ask in the same moment. */
const SPREAD_MS = 1500;
const OF_ALL = new Set(["analyses"]);
const OF_ONE = new Set(["analysis", "history", "changes"]);

/** What was read of these companies before is old: what is on screen is read again, the rest when it is next shown. */
export function readAgain(queries: QueryClient, { tickers }: Pick<AnalysesChanged, "tickers">): void {
  const isOld = ([kind, ticker]: readonly unknown[]) =>
    OF_ALL.has(String(kind)) ||
    (OF_ONE.has(String(kind)) && (tickers === null || tickers.includes(String(ticker))));
  setTimeout(
    () => void queries.invalidateQueries({ predicate: ({ queryKey }) => isOld(queryKey) }),
    Math.random() * SPREAD_MS,
  );
}
