import type { Source } from "../protocol/frames.gen";

/** The key of the figure that a place belongs to: "metrics/price_earnings/value" is about price_earnings. */
export function keyOf({ where }: Source): string {
  const parts = where.split("/");
  return parts[1] ?? parts[0] ?? "";
}
