import { cn } from "@shared/lib/cn";
import type { Rating } from "@/api/types";
import { BUY_LINE, RATING_FILL, SELL_LINE } from "@/lib/rating";

/** 0 to 100 with the two lines that decide the rating. The figure stands beside it; this is its picture. */
export function ScoreBar({
  score,
  rating,
  className,
}: {
  score: number;
  rating: Rating;
  className?: string;
}) {
  return (
    <span
      data-slot="score-bar"
      aria-hidden="true"
      className={cn("relative block h-1.5 rounded-full bg-raised", className)}
    >
      <span
        className={cn("absolute inset-y-0 left-0 rounded-full", RATING_FILL[rating])}
        style={{ width: `${Math.min(100, Math.max(0, score))}%` }}
      />
      {[SELL_LINE, BUY_LINE].map((line) => (
        <span key={line} className="absolute -inset-y-[3px] w-px bg-text/50" style={{ left: `${line}%` }} />
      ))}
    </span>
  );
}
