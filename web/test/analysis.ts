import type { AnalysisDetail, AnalysisRow } from "@/api/types";

/** Coca-Cola on 22 Aug 2026, shortened. */
export const KO: AnalysisDetail = {
  id: 4711,
  ticker: "KO",
  as_of: "2026-08-22",
  rating: "hold",
  score: 57.9,
  summary: "Coca-Cola is rated hold with 57.9 points.",
  metrics: [
    { key: "price", label: "Price", value: 91.1, unit: "usd", as_of: "2026-08-22" },
    {
      key: "dividend_yield",
      label: "Dividend yield",
      value: 0.0234,
      unit: "fraction",
      as_of: "2026-08-20",
      peers: { group: "Food, Beverage & Tobacco", n: 20, median: 0.0348 },
    },
    { key: "ebitda", label: "EBITDA", value: null, unit: "usd", note: "not in the source on this day" },
    { key: "week52_low", label: "52-week low", value: 65.35, unit: "usd", as_of: "2026-08-22" },
    { key: "week52_high", label: "52-week high", value: 91.87, unit: "usd", as_of: "2026-08-22" },
  ],
  rationale: [
    {
      key: "ebitda_margin",
      label: "EBITDA margin",
      points: 11.9,
      low: -12,
      high: 12,
      sentence: "It adds 11.9 points.",
    },
    {
      key: "dividend_yield",
      label: "Dividend yield",
      points: -4,
      low: -4,
      high: 10,
      sentence: "It takes away 4.0 points.",
      without: { score: 61.9, rating: "hold" },
    },
    {
      key: "price_earnings",
      label: "P/E",
      points: 0,
      low: -12,
      high: 12,
      sentence: "No P/E.",
      counted: false,
    },
  ],
  company: {
    ticker: "KO",
    name: "Coca-Cola Company (The)",
    sector: "Consumer Staples",
    industry_group: "Food, Beverage & Tobacco",
    sub_industry: "Soft Drinks",
    not_rated: null,
  },
  previous: { id: 4625, as_of: "2026-08-15", rating: "hold", score: 56.4 },
};

export function row(change: Partial<AnalysisRow>): AnalysisRow {
  return {
    ticker: "KO",
    name: "Coca-Cola Company (The)",
    sector: "Consumer Staples",
    industry_group: "Food, Beverage & Tobacco",
    rating: "hold",
    score: 57.9,
    as_of: "2026-08-22",
    previous: { id: 4625, rating: "hold", score: 56.4, as_of: "2026-08-15" },
    price: 91.1,
    price_earnings: 27.4,
    dividend_yield: 0.0234,
    market_cap: 391_957_266_432,
    sparkline: [80, 85, 91.1],
    not_rated: null,
    ...change,
  };
}
