import { FIGURES, LOOKUPS } from "@test/figures";
import { expect, it } from "vitest";
import type { Source } from "../protocol/frames.gen";
import { countWords, lookupWords } from "./answerWords";
import { FIGURE_ENGLISH } from "./figureLabels";
import {
  asTsv,
  columnWords,
  figureLabel,
  formulaParts,
  placeWords,
  shownNumber,
  spokenName,
  verdictWords,
} from "./figureWords";
import { ENGLISH } from "./labels";
import { sayer } from "./say";

const SAY = sayer(ENGLISH, "en");
const OF_FIGURES = sayer(FIGURE_ENGLISH, "en");

const at = (where: string): Source => ({ ...(FIGURES[0]?.source as Source), where });

it("counts", () => {
  expect(countWords(SAY, FIGURES)).toBe("11 figures · 9 verified · 1 not found");
  expect(countWords(SAY, FIGURES.slice(0, 1))).toBe("1 figure · 1 verified");
  expect(countWords(SAY, [])).toBe("");
});

it.each([
  ["metrics/price_earnings/value", "P/E", "P/E"],
  ["metrics/price_earnings/peers/median", "P/E", "P/E, peers' median"],
  ["metrics/dividend_yield/value", null, "Dividend yield"],
  ["rationale/ebitda_margin/points", "EBITDA margin", "EBITDA margin, points"],
  ["score", null, "Score"],
  ["something/new/of/a/newer/worker", null, "new"],
])("the place %s, called %s, is %s", (where, label, words) => {
  expect(placeWords(OF_FIGURES, at(where), label)).toBe(words);
});

it("says of each figure what is known", () => {
  expect(FIGURES.map((figure) => verdictWords(OF_FIGURES, figure))[5]).toBe(
    "The analysis has no such figure. Its P/E is 27.36.",
  );
  expect(verdictWords(OF_FIGURES, { start: 0, end: 1, text: "1", verdict: "given", state: "verified" })).toBe(
    "From your question.",
  );
});

it("a look-up says how it went", () => {
  expect(LOOKUPS.map((lookup) => lookupWords(SAY, lookup))).toEqual([
    "Comparing KO and PEP",
    "Looking up KO, 1 Aug: nothing found",
  ]);
});

it("a table goes into a spreadsheet, whatever is in its cells", () => {
  expect(asTsv({ columns: ["a", "b"], rows: [["1\t2", "3\n4"]] })).toBe("A\tB\n1 2\t3 4");
});

it("a look-up that runs ends in one ellipsis, however it is told", () => {
  const running = { n: 1, tool: "compare", status: "running" as const, sources: [] };
  expect(lookupWords(SAY, { ...running, words: "Looking up PepsiCo, 22 Aug…" })).toBe(
    "Looking up PepsiCo, 22 Aug…",
  );
  expect(lookupWords(SAY, { ...running, words: "Looking up PepsiCo" })).toBe("Looking up PepsiCo…");
});

it("a figure is heard with the company's name and the day in full", () => {
  const nameOf = (ticker: string) => (ticker === "KO" ? "Coca-Cola Company (The)" : null);
  expect(FIGURES.slice(0, 2).map((figure) => figureLabel(OF_FIGURES, figure, nameOf))).toEqual([
    "27.36, verified: P/E of Coca-Cola, 22 August",
    "19.80, verified: P/E of PEP, 22 August",
  ]);
});

it.each([
  ["Coca-Cola Company (The)", "Coca-Cola"],
  ["PepsiCo, Inc.", "PepsiCo"],
  ["JPMorgan Chase & Co.", "JPMorgan Chase"],
  ["Alphabet Inc. (Class A)", "Alphabet"],
  ["Group", "Group"],
])("%s is said as %s", (name, said) => {
  expect(spokenName(name)).toBe(said);
});

it("a column is called as the figure is", () => {
  expect(["ticker", "price_earnings", "P/E", "score before", "new_key"].map(columnWords)).toEqual([
    "Ticker",
    "P/E",
    "P/E",
    "Score before",
    "New key",
  ]);
});

it.each([
  ["27.36", 27.36],
  ["−3.2", -3.2],
  ["+1.5 pp", 1.5],
  ["$1,391.96", 1391.96],
  ["−$1.50B", -1_500_000_000],
  ["2.34 %", 2.34],
  ["hold", null],
  ["—", null],
  ["2026-08-22", null],
])("%s is the number %s", (shown, value) => {
  expect(shownNumber(shown)).toBe(value);
});

it("the operands of a formula stand where their figures do, each once", () => {
  const one = { ...at("a/b/value"), shown: "2.0" };
  const two = { ...at("a/c/value"), shown: "2.0" };
  expect(formulaParts("2.0 ÷ 2.0 + 1", [one, two])).toEqual([
    { text: "2.0", operand: one },
    { text: " ÷ ", operand: null },
    { text: "2.0", operand: two },
    { text: " + 1", operand: null },
  ]);
});
