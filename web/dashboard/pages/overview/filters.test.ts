import { row } from "@test/analysis";
import { expect, it } from "vitest";
import { applyFilters, readFilters, writeFilters } from "./filters";

const rows = [
  row({ ticker: "KO", name: "Coca-Cola", score: 57.9, dividend_yield: 0.0234, market_cap: 392e9 }),
  row({
    ticker: "MSFT",
    name: "Microsoft",
    sector: "Information Technology",
    rating: "buy",
    score: 63.2,
    dividend_yield: 0.0076,
    market_cap: 3.6e12,
  }),
  row({
    ticker: "AMZN",
    name: "Amazon",
    sector: "Consumer Discretionary",
    rating: "buy",
    score: 67.3,
    dividend_yield: null,
    market_cap: 2.8e12,
  }),
  row({
    ticker: "BRK.B",
    name: "Berkshire Hathaway",
    rating: null,
    score: null,
    previous: null,
    market_cap: null,
  }),
];
const shown = (query: string) =>
  applyFilters(rows, readFilters(new URLSearchParams(query))).map(({ ticker }) => ticker);

it.each([
  ["", ["MSFT", "AMZN", "KO", "BRK.B"]],
  ["sort=cap", ["KO", "AMZN", "MSFT", "BRK.B"]],
  ["sort=-yield", ["KO", "BRK.B", "MSFT", "AMZN"]],
  ["sort=yield", ["MSFT", "KO", "BRK.B", "AMZN"]],
  ["sort=name", ["AMZN", "BRK.B", "KO", "MSFT"]],
  ["rating=buy", ["MSFT", "AMZN"]],
  ["sector=Consumer+Staples", ["KO", "BRK.B"]],
  ["q=micro", ["MSFT"]],
  ["q=ko", ["KO"]],
  ["q=nothing", []],
  ["sort=nonsense&rating=maybe", ["MSFT", "AMZN", "KO", "BRK.B"]],
])("?%s shows %j", (query, tickers) => {
  expect(shown(query)).toEqual(tickers);
});

it("keeps the address short: defaults are not written", () => {
  const params = writeFilters(new URLSearchParams("q=ko&sort=-score"), {
    query: "",
    sort: "cap",
    descending: true,
  });
  expect(params.toString()).toBe("");
  expect(writeFilters(params, { rating: "sell", query: "a b" }).toString()).toBe("q=a+b&rating=sell");
});
