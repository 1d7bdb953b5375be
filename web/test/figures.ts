import type { Figure, Lookup, Source } from "@chat/protocol/frames.gen";

/** An answer about the figures of two companies, with its look-ups (contract §1a), written by hand. */
export const CHECKED_TEXT = [
  "**Coca-Cola is the dearer one**: its P/E is **27.36**, PepsiCo's is 19.80.",
  "",
  "- Its dividend yield is 2.34 %, 1.14 pp below the peers' median of 3.48 %.",
  "- It was 8.03 a year before.",
  "",
  "| | KO | PEP |",
  "|---|--:|--:|",
  "| Score | 57.9 | 61.2 |",
  "",
  "Prices of $91.10 or more are `near 91.87`. 📈 So 3 of them rose.",
].join("\n");

const source = (ticker: string, where: string, shown: string): Source => ({
  ticker,
  analysis_id: ticker === "KO" ? 4711 : 4713,
  revision: 1,
  as_of: "2026-08-22",
  where,
  shown,
});

const YIELD = source("KO", "metrics/dividend_yield/value", "2.34 %");
const MEDIAN = source("KO", "metrics/dividend_yield/peers/median", "3.48 %");
const PE = source("KO", "metrics/price_earnings/value", "27.36");

type Found = Omit<Figure, "start" | "end" | "text">;
const FOUND: ReadonlyArray<readonly [string, Found]> = [
  ["27.36", { verdict: "matched", state: "verified", source: PE }],
  [
    "19.80",
    { verdict: "matched", state: "verified", source: source("PEP", "metrics/price_earnings/value", "19.80") },
  ],
  ["2.34 %", { verdict: "matched", state: "verified", source: YIELD }],
  [
    "1.14 pp",
    { verdict: "derived", state: "verified", formula: "3.48 % − 2.34 %", operands: [MEDIAN, YIELD] },
  ],
  ["3.48 %", { verdict: "matched", state: "verified", source: MEDIAN }],
  ["8.03", { verdict: "unsupported", state: "flagged", says: PE, why: "The analysis has no such figure." }],
  ["57.9", { verdict: "matched", state: "verified", source: source("KO", "score", "57.9") }],
  ["61.2", { verdict: "matched", state: "verified", source: source("PEP", "score", "61.2") }],
  [
    "$91.10",
    { verdict: "matched", state: "verified", source: source("KO", "metrics/price/value", "$91.10") },
  ],
  [
    "91.87",
    { verdict: "matched", state: "verified", source: source("KO", "metrics/week52_high/value", "$91.87") },
  ],
  ["3", { verdict: "unsure", state: "unsure" }],
];

/** The figures in the order of the text. */
export const FIGURES: Figure[] = (() => {
  let from = 0;
  return FOUND.map(([text, found]) => {
    const start = CHECKED_TEXT.indexOf(text, from);
    from = start + text.length;
    return { start, end: from, text, ...found };
  });
})();

export const LOOKUPS: Lookup[] = [
  {
    n: 1,
    tool: "compare",
    words: "Comparing KO and PEP",
    status: "ok",
    sources: [PE],
    result: {
      columns: ["ticker", "company", "P/E", "score"],
      rows: [
        ["KO", "Coca-Cola Company (The)", "27.36", "57.9"],
        ["PEP", "PepsiCo, Inc.", "19.80", "61.2"],
      ],
    },
  },
  { n: 2, tool: "history", words: "Looking up KO, 1 Aug", status: "failed", sources: [] },
];

/** What a session with more look-ups has besides: a screen of the market, and a figure over time. */
export const MORE_LOOKUPS: Lookup[] = [
  {
    n: 3,
    tool: "screen",
    words: "Screening 485 companies",
    status: "ok",
    sources: [],
    result: {
      columns: ["ticker", "company", "date", "rating", "score", "Dividend yield", "P/E"],
      rows: [
        ["KO", "Coca-Cola Company (The)", "2026-08-22", "hold", "57.9", "2.34 %", "27.36"],
        ["PEP", "PepsiCo, Inc.", "2026-08-22", "buy", "61.2", "4.02 %", "19.80"],
        ["MO", "Altria Group, Inc.", "2026-08-22", "buy", "66.4", "6.10 %", "12.41"],
      ],
    },
  },
  {
    n: 4,
    tool: "history",
    words: "Reading P/E of Coca-Cola, 13 Jun to 22 Aug",
    status: "ok",
    sources: [],
    result: {
      columns: ["date", "P/E"],
      rows: [
        ["2026-06-13", "25.91"],
        ["2026-06-20", "26.40"],
        ["2026-06-27", "26.02"],
        ["2026-07-04", "26.88"],
        ["2026-07-11", "27.60"],
        ["2026-07-18", "28.12"],
        ["2026-07-25", "27.74"],
        ["2026-08-01", "27.05"],
        ["2026-08-08", "26.61"],
        ["2026-08-15", "27.20"],
        ["2026-08-22", "27.36"],
      ],
    },
  },
];
