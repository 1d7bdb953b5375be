import type { AnalysisRow, Rating } from "@/api/types";
import { findCompanies } from "@/lib/findCompanies";
import { isRating } from "@/lib/rating";

export type SortKey = "name" | "rating" | "score" | "change" | "price" | "pe" | "yield" | "cap";

/** What the overview shows; it lives in the address, so that a view can be kept and sent. */
export interface Filters {
  query: string;
  sector: string;
  rating: Rating | null;
  sort: SortKey;
  descending: boolean;
}

const SORT_KEYS: ReadonlySet<string> = new Set<SortKey>([
  "name",
  "rating",
  "score",
  "change",
  "price",
  "pe",
  "yield",
  "cap",
]);
const DEFAULT_SORT = "-cap";

export function readFilters(params: URLSearchParams): Filters {
  const sort = params.get("sort") ?? DEFAULT_SORT;
  const key = sort.replace(/^-/, "");
  const rating = params.get("rating");
  return {
    query: params.get("q") ?? "",
    sector: params.get("sector") ?? "",
    rating: isRating(rating) ? rating : null,
    sort: SORT_KEYS.has(key) ? (key as SortKey) : "cap",
    descending: SORT_KEYS.has(key) ? sort.startsWith("-") : true,
  };
}

export function writeFilters(params: URLSearchParams, change: Partial<Filters>): URLSearchParams {
  const next = { ...readFilters(params), ...change };
  const written = new URLSearchParams();
  if (next.query !== "") written.set("q", next.query);
  if (next.sector !== "") written.set("sector", next.sector);
  if (next.rating !== null) written.set("rating", next.rating);
  const sort = `${next.descending ? "-" : ""}${next.sort}`;
  if (sort !== DEFAULT_SORT) written.set("sort", sort);
  return written;
}

export function scoreChange(row: AnalysisRow): number | null {
  return row.score === null || row.previous === null ? null : row.score - row.previous.score;
}

const RANK: Readonly<Record<Rating, number>> = { sell: 0, hold: 1, buy: 2 };

const VALUE: Readonly<Record<SortKey, (row: AnalysisRow) => number | string | null>> = {
  name: (row) => row.name,
  rating: (row) => (row.rating === null ? null : RANK[row.rating] * 1000 + (row.score ?? 0)),
  score: (row) => row.score,
  change: scoreChange,
  price: (row) => row.price,
  pe: (row) => row.price_earnings,
  yield: (row) => row.dividend_yield,
  cap: (row) => row.market_cap,
};

/** Filtered and sorted. What is missing comes last in either direction. */
export function applyFilters(rows: readonly AnalysisRow[], filters: Filters): AnalysisRow[] {
  const value = VALUE[filters.sort];
  const sign = filters.descending ? -1 : 1;
  const kept = findCompanies(rows, filters.query).filter(
    (row) =>
      (filters.sector === "" || row.sector === filters.sector) &&
      (filters.rating === null || row.rating === filters.rating),
  );
  return kept.sort((left, right) => {
    const a = value(left);
    const b = value(right);
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    if (typeof a === "string" || typeof b === "string") return sign * String(a).localeCompare(String(b));
    return sign * (a - b);
  });
}
