import { decimal, exactMoney, money, percent, percentagePoints, signed } from "@shared/lib/format";
import type { Unit } from "@/api/types";

/** A figure by its unit, with the decimals its column has. */
export function metricText(value: number, unit: Unit): string {
  switch (unit) {
    case "usd":
      return money(value);
    case "fraction":
      return percent(value);
    case "ratio":
    case "points":
    case "text":
      return decimal(value, unit === "ratio" ? 2 : 1);
  }
}

/** The whole amount behind a shortened one; null when nothing was shortened. */
export function exactText(value: number, unit: Unit): string | null {
  return unit === "usd" && Math.abs(value) >= 1e5 ? exactMoney(value) : null;
}

/** How far a figure is from another: percentage points for percentages, else per cent of it. */
export function differenceText(value: number, other: number, unit: Unit): string | null {
  if (unit === "fraction") return percentagePoints(value - other);
  if (unit === "points") return signed(value - other, 1);
  return other > 0 ? `${signed((value / other - 1) * 100, 0)}%` : null;
}
