import { describe, expect, it } from "vitest";
import {
  decimal,
  exactMoney,
  moment,
  money,
  ordinal,
  percent,
  percentagePoints,
  sessionBefore,
  shortDate,
  signed,
} from "./format";

describe("figures", () => {
  it.each([
    [decimal(1234.5, 2), "1,234.50"],
    [decimal(-0.04, 1), "0.0"],
    [decimal(-3.25, 2), "−3.25"],
    [signed(4, 1), "+4.0"],
    [signed(-4, 1), "−4.0"],
    [signed(0.04, 1), "0.0"],
    [percent(0.0234), "2.34%"],
    // The exact binary value decides, as it does in the sentences that Python writes.
    [percent(0.03485), "3.48%"],
    [percentagePoints(-0.0114), "−1.14 pp"],
    [money(391_960_000_000), "$391.96B"],
    [money(5_200_000_000_000), "$5.20T"],
    [money(-1_500_000), "−$1.50M"],
    [money(1255.4), "$1,255.40"],
    [money(0.5), "$0.50"],
    [exactMoney(391_957_266_432), "$391,957,266,432"],
  ])("%s", (text, expected) => {
    expect(text).toBe(expected);
  });
});

it("dates are said without time zones, and a snapshot reports the day before", () => {
  expect(shortDate("2026-08-02")).toBe("2 Aug");
  expect(sessionBefore("2026-08-01")).toBe("2026-07-31");
});

it.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [22, "22nd"],
])("%i is %s", (position, word) => {
  expect(ordinal(position)).toBe(word);
});

it("moments are near or dated", () => {
  const now = new Date(2026, 7, 23, 12, 0).getTime();
  expect(moment(new Date(2026, 7, 23, 9, 5).getTime(), now)).toBe("Today 09:05");
  expect(moment(new Date(2026, 7, 22, 23, 5).getTime(), now)).toBe("Yesterday 23:05");
  expect(moment(new Date(2026, 7, 2, 9, 5).getTime(), now)).toBe("2 Aug 09:05");
});
