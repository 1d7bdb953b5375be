import { queryOptions, useQuery } from "@tanstack/react-query";
import {
  type AnalysisChoice,
  fetchAnalyses,
  fetchAnalysis,
  fetchChanges,
  fetchHistory,
  fetchPrices,
  fetchSessions,
} from "./client";
import type { AnalysisRow } from "./types";

const MINUTE = 60_000;

export const analysesQuery = queryOptions({
  queryKey: ["analyses"],
  queryFn: fetchAnalyses,
  staleTime: 5 * MINUTE,
});

export function analysisQuery(ticker: string, choice: AnalysisChoice = {}) {
  return queryOptions({
    queryKey: ["analysis", ticker, choice.id ?? null, choice.asOf ?? null],
    queryFn: () => fetchAnalysis(ticker, choice),
    staleTime: 5 * MINUTE,
  });
}

export function historyQuery(ticker: string) {
  return queryOptions({
    queryKey: ["history", ticker],
    queryFn: () => fetchHistory(ticker),
    staleTime: 5 * MINUTE,
  });
}

/** What changed between the analyses of two days; asked for only where they are two. */
export function changesQuery(ticker: string, from: string, to: string) {
  return queryOptions({
    queryKey: ["changes", ticker, from, to],
    queryFn: () => fetchChanges(ticker, from, to),
    staleTime: 5 * MINUTE,
    enabled: from < to,
  });
}

export function pricesQuery(ticker: string) {
  return queryOptions({
    queryKey: ["prices", ticker],
    queryFn: () => fetchPrices(ticker),
    staleTime: 5 * MINUTE,
  });
}

export const sessionsQuery = queryOptions({ queryKey: ["sessions"], queryFn: fetchSessions });

/** A company's row of the overview, once that is loaded. */
export function useCompanyRow(ticker: string | null): AnalysisRow | undefined {
  const { data } = useQuery({ ...analysesQuery, enabled: ticker !== null });
  return data?.find((row) => row.ticker === ticker);
}
