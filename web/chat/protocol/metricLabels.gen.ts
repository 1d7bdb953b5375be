// Made by `npm run gen` from shared/metric_words.py. Do not edit.
/** How the figures of an analysis are called. */
export const METRIC_LABELS: Readonly<Record<string, string>> = {
  "price": "Price",
  "price_earnings": "P/E",
  "price_sales": "P/S",
  "price_book": "P/B",
  "cap_to_ebitda": "Market cap ÷ EBITDA",
  "earnings_per_share": "Earnings per share",
  "earnings_per_share_snapshot": "Earnings per share (this snapshot)",
  "earnings_change": "Change in earnings per share",
  "dividend_yield": "Dividend yield",
  "payout": "Payout",
  "ebitda": "EBITDA",
  "ebitda_margin": "EBITDA margin",
  "return_on_equity": "Return on equity",
  "return_20": "20-session return",
  "week52_low": "52-week low",
  "week52_high": "52-week high",
  "week52_place": "Place in the 52-week range",
  "market_cap": "Market cap",
  "score": "Score",
  "rating": "Rating"
} as const;
