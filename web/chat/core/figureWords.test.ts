import { FIGURES, LOOKUPS } from "@test/figures";
import { expect, it } from "vitest";
import type { Source } from "../protocol/frames.gen";
import { asTsv, countWords, lookupWords, placeWords, verdictWords } from "./figureWords";

const at = (where: string): Source => ({ ...(FIGURES[0]?.source as Source), where });

it("counts", () => {
  expect(countWords(FIGURES)).toBe("11 figures · 9 verified · 1 not found");
  expect(countWords(FIGURES.slice(0, 1))).toBe("1 figure · 1 verified");
  expect(countWords([])).toBe("");
});

it.each([
  ["metrics/price_earnings/value", "P/E", "P/E"],
  ["metrics/price_earnings/peers/median", "P/E", "P/E, peers' median"],
  ["metrics/dividend_yield/value", null, "dividend yield"],
  ["rationale/ebitda_margin/points", "EBITDA margin", "EBITDA margin, points"],
  ["score", null, "score"],
  ["something/new/of/a/newer/worker", null, "new"],
])("the place %s, called %s, is %s", (where, label, words) => {
  expect(placeWords(at(where), label)).toBe(words);
});

it("says of each figure what is known", () => {
  expect(FIGURES.map(verdictWords)[5]).toBe("The analysis has no such figure.");
  expect(verdictWords({ start: 0, end: 1, text: "1", verdict: "given", state: "verified" })).toBe(
    "From your question.",
  );
});

it("a look-up says how it went", () => {
  expect(LOOKUPS.map(lookupWords)).toEqual(["Comparing KO and PEP", "Looking up KO, 1 Aug: not found"]);
});

it("a table goes into a spreadsheet, whatever is in its cells", () => {
  expect(asTsv({ columns: ["a", "b"], rows: [["1\t2", "3\n4"]] })).toBe("a\tb\n1 2\t3 4");
});
