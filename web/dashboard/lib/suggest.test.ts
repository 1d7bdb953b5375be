import { KO } from "@test/analysis";
import { expect, it } from "vitest";
import type { AnalysisDetail } from "@/api/types";
import { named, suggest } from "./suggest";

it("asks about what the analysis can tell, the most telling first", () => {
  expect(suggest(KO)).toEqual([
    "What changed since 15 Aug?",
    "How does the latest dividend yield affect this rating?",
    "How does the EBITDA margin affect this rating?",
    "Why is the P/E not counted?",
  ]);
});

it("puts a change of rating first, and a deciding reason before one not counted", () => {
  const rationale = KO.rationale.map((item) =>
    item.key === "dividend_yield" ? { ...item, without: { score: 61.9, rating: "buy" as const } } : item,
  );
  const changed: AnalysisDetail = {
    ...KO,
    rationale,
    previous: { id: 1, as_of: "2026-08-15", rating: "sell", score: 39 },
  };
  expect(suggest(changed)[0]).toBe("Why did the rating go from Sell to Hold?");
  expect(suggest(changed)).toContain("Would it still be a hold without the dividend yield?");
});

it("without news, dividend or gaps asks how far the next line is", () => {
  const plain: AnalysisDetail = { ...KO, previous: null, rationale: KO.rationale.slice(0, 1) };
  expect(suggest(plain)).toEqual([
    "How does the EBITDA margin affect this rating?",
    "How far is it from a buy?",
  ]);
  expect(suggest({ ...plain, score: 43 }).at(-1)).toBe("How far is it from a sell?");
  expect(suggest({ ...plain, rating: "buy" }).at(-1)).toBe("How far is it from a hold?");
});

it("writes a label into a sentence", () => {
  expect(named({ label: "P/E" })).toBe("the P/E");
  expect(named({ label: "EBITDA margin" })).toBe("the EBITDA margin");
  expect(named({ label: "Place in the 52-week range" })).toBe("the place in the 52-week range");
});
