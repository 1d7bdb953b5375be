export type Rating = "buy" | "hold" | "sell";
export type Unit = "usd" | "ratio" | "fraction" | "points" | "text";

/** A row of the overview. Figures are null where the source has none. */
export interface AnalysisRow {
  ticker: string;
  name: string;
  sector: string | null;
  industry_group: string | null;
  rating: Rating | null;
  score: number | null;
  as_of: string | null;
  previous: { rating: Rating; score: number; as_of: string } | null;
  price: number | null;
  price_earnings: number | null;
  dividend_yield: number | null;
  market_cap: number | null;
  sparkline: number[];
  /** Why there is no analysis, in words. */
  not_rated: string | null;
}

export interface Peers {
  group: string;
  n: number;
  median?: number | null;
}

export interface Metric {
  key: string;
  label: string;
  value: number | null;
  unit: Unit;
  as_of?: string | null;
  peers?: Peers | null;
  note?: string | null;
}

export interface RationaleItem {
  key: string;
  label: string;
  points: number;
  low: number;
  high: number;
  sentence: string;
  counted?: boolean;
  value?: number | null;
  unit?: Unit;
  as_of?: string | null;
  peers?: Peers | null;
  without?: { score: number; rating: Rating } | null;
}

export interface Company {
  ticker: string;
  name: string;
  sector: string | null;
  industry_group: string | null;
  sub_industry: string | null;
  not_rated: string | null;
}

export interface AnalysisDetail {
  id: number;
  ticker: string;
  as_of: string;
  rating: Rating;
  score: number;
  summary: string;
  metrics: Metric[];
  rationale: RationaleItem[];
  company: Company;
  previous: { id: number; as_of: string; rating: Rating; score: number } | null;
}

export interface AnalysisStep {
  id: number;
  as_of: string;
  rating: Rating;
  score: number;
}

export interface PricePoint {
  date: string;
  price: number;
}

export interface SessionRow {
  session_id: string;
  title: string | null;
  context_ticker: string | null;
  created_at: string;
  updated_at: string;
}
