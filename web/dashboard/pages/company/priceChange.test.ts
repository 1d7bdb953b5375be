import { expect, it } from "vitest";
import { changeOn } from "./priceChange";

const PRICES = [
  { date: "2026-08-20", price: 90 },
  { date: "2026-08-21", price: 91.1 },
  { date: "2026-08-25", price: 45 },
  { date: "2026-09-25", price: 46 },
];

it.each([
  ["from the session before", "2026-08-21", 91.1 / 90 - 1],
  ["not without one before", "2026-08-20", null],
  ["not on a day without a price", "2026-08-22", null],
  ["not over what looks like a split", "2026-08-25", null],
  ["not over a gap in the source", "2026-09-25", null],
])("a change is said %s", (_, date, change) => {
  expect(changeOn(PRICES, date)).toBe(change);
});
