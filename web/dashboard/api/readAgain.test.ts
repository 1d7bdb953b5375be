import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readAgain } from "./readAgain";

const KEYS = [
  ["analyses"],
  ["analysis", "KO", null, null],
  ["history", "KO"],
  ["analysis", "PEP", 4713, null],
  ["prices", "KO"],
  ["sessions"],
];
let queries: QueryClient;

beforeEach(() => {
  vi.useFakeTimers();
  queries = new QueryClient();
  for (const key of KEYS) queries.setQueryData(key, "read before");
});
afterEach(() => vi.useRealTimers());

function old(): unknown[] {
  vi.advanceTimersByTime(2000);
  return queries
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.isInvalidated)
    .map(({ queryKey }) => queryKey[1] ?? queryKey[0]);
}

it("reads the list and the companies named again, and nothing else", () => {
  readAgain(queries, { tickers: ["KO"] });
  expect(old()).toEqual(["analyses", "KO", "KO"]);
});

it("reads every company again when they are many", () => {
  readAgain(queries, { tickers: null });
  expect(old()).toEqual(["analyses", "KO", "KO", "PEP"]);
});

it("does not ask in the very moment in which everybody hears of it", () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  readAgain(queries, { tickers: null });
  expect(queries.getQueryState(["analyses"])?.isInvalidated).toBe(false);
  expect(old()).toContain("analyses");
});
