import { cn } from "@shared/lib/cn";
import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import type { Rating } from "@/api/types";
import { RATING_TEXT, RATING_WORD } from "@/lib/rating";

const ICON = { buy: ArrowUp, hold: Minus, sell: ArrowDown } as const;

/** A rating is a word and an icon; the colour only repeats them. */
export function RatingBadge({ rating, className }: { rating: Rating; className?: string }) {
  const Icon = ICON[rating];
  return (
    <span
      data-slot="rating"
      className={cn(
        "inline-flex items-center gap-1 align-middle whitespace-nowrap font-semibold",
        RATING_TEXT[rating],
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-[1.1em]" strokeWidth={2.5} />
      {RATING_WORD[rating]}
    </span>
  );
}
