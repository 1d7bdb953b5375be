import type { PricePoint } from "@/api/types";

/** The change of the price that an analysis of `asOf` reads, from the session before it, as a fraction. Null: that day
 * or the one before is not among the prices. A split between them would look like a fall: no change is said then. */
export function changeOn(prices: readonly PricePoint[], asOf: string): number | null {
  const at = prices.findIndex(({ date }) => date === asOf);
  const [before, on] = [prices[at - 1], prices[at]];
  if (!before || !on || before.price <= 0) return null;
  if (Date.parse(on.date) - Date.parse(before.date) > LONGEST_BREAK_MS) return null;
  const change = on.price / before.price - 1;
  return Math.abs(change) > MOST_IN_A_SESSION ? null : change;
}

const MOST_IN_A_SESSION = 0.45;
/** A weekend with a holiday; more is a gap in the source. */
const LONGEST_BREAK_MS = 4 * 24 * 60 * 60 * 1000;
