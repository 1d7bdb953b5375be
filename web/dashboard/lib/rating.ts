import { RATING_LINES } from "@chat/protocol/protocol.gen";
import type { Rating } from "@/api/types";

export const { buy: BUY_LINE, sell: SELL_LINE, margin: KEPT_FOR } = RATING_LINES;
/** Every score starts here; each reason adds or takes. */
export const START_SCORE = RATING_LINES.neutral;

export const RATING_WORD: Readonly<Record<Rating, string>> = { buy: "Buy", hold: "Hold", sell: "Sell" };
export const RATING_TEXT: Readonly<Record<Rating, string>> = {
  buy: "text-buy",
  hold: "text-hold",
  sell: "text-sell",
};
export const RATING_FILL: Readonly<Record<Rating, string>> = {
  buy: "bg-buy",
  hold: "bg-hold",
  sell: "bg-sell",
};

export function isRating(text: string | null): text is Rating {
  return text === "buy" || text === "hold" || text === "sell";
}
