import { cn } from "@shared/lib/cn";
import { decimal, signed } from "@shared/lib/format";
import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { AnalysisRow, Rating } from "@/api/types";
import { RatingBadge } from "@/components/RatingBadge";
import { RATING_FILL } from "@/lib/rating";
import { scoreChange } from "./filters";

const RATINGS: readonly Rating[] = ["buy", "hold", "sell"];
const LISTED = 5;

/** The market in three looks: how the ratings stand, which changed this week, which scores moved most. */
export function Summary({
  rows,
  selected,
  onSelect,
}: {
  rows: readonly AnalysisRow[];
  selected: Rating | null;
  onSelect: (rating: Rating | null) => void;
}) {
  const changed = rows.filter(
    (row) => row.rating !== null && row.previous !== null && row.rating !== row.previous.rating,
  );
  const movers = rows
    .filter((row) => scoreChange(row) !== null)
    .sort((a, b) => Math.abs(scoreChange(b) ?? 0) - Math.abs(scoreChange(a) ?? 0))
    .slice(0, LISTED);
  return (
    <div className="flex flex-col gap-6">
      <Distribution rows={rows} selected={selected} onSelect={onSelect} />
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title="Changed this week" count={changed.length}>
          {changed.length === 0 && <p className="px-4 pb-4 text-muted">No rating changed.</p>}
          {changed
            .toSorted((a, b) => (b.market_cap ?? 0) - (a.market_cap ?? 0))
            .slice(0, LISTED)
            .map((row) => (
              <CardRow key={row.ticker} row={row}>
                {row.previous && <RatingBadge rating={row.previous.rating} className="font-medium text-xs" />}
                <ArrowRight aria-label="to" className="size-3.5 text-muted" />
                {row.rating && <RatingBadge rating={row.rating} className="w-12 text-xs" />}
              </CardRow>
            ))}
        </Card>
        <Card title="Biggest score moves">
          {movers.map((row) => {
            const change = scoreChange(row) ?? 0;
            return (
              <CardRow key={row.ticker} row={row}>
                <span className="text-muted">{row.score !== null && decimal(row.score, 1)}</span>
                <span className={cn("w-14 text-right font-semibold", change > 0 ? "text-buy" : "text-sell")}>
                  {signed(change, 1)}
                </span>
              </CardRow>
            );
          })}
        </Card>
      </div>
    </div>
  );
}

function Distribution({
  rows,
  selected,
  onSelect,
}: {
  rows: readonly AnalysisRow[];
  selected: Rating | null;
  onSelect: (rating: Rating | null) => void;
}) {
  const counts = RATINGS.map((rating) => ({
    rating,
    count: rows.filter((row) => row.rating === rating).length,
  }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-label="How the ratings stand" className="flex items-start gap-1">
      {counts.map(({ rating, count }) => (
        <button
          key={rating}
          type="button"
          aria-pressed={selected === rating}
          onClick={() => onSelect(selected === rating ? null : rating)}
          style={{ flexGrow: Math.max(count, total * 0.2) }}
          className="group min-w-0 basis-0 rounded-md text-left"
        >
          <span
            className={cn(
              "block h-2.5 rounded-[3px] transition-opacity",
              RATING_FILL[rating],
              selected !== null && selected !== rating && "opacity-30",
            )}
          />
          <span className="mt-2 flex flex-wrap items-baseline gap-x-2 px-0.5">
            <RatingBadge rating={rating} />
            <span className="font-semibold text-lg leading-6">{count}</span>
            <span className="hidden text-muted text-xs md:inline">
              {total > 0 ? `${Math.round((count / total) * 100)}%` : ""}
            </span>
          </span>
        </button>
      ))}
    </section>
  );
}

function Card({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className="min-w-0 rounded-xl border border-line bg-surface pb-1.5">
      <h2 className="flex items-baseline gap-2 px-4 pt-3 pb-1.5 font-semibold text-sm">
        {title}
        {count !== undefined && <span className="font-normal text-muted">{count}</span>}
      </h2>
      {children}
    </section>
  );
}

function CardRow({ row, children }: { row: AnalysisRow; children: ReactNode }) {
  return (
    <Link
      to={`/company/${encodeURIComponent(row.ticker)}`}
      className="mx-1.5 flex items-center gap-2.5 rounded-md px-2.5 py-1.5 hover:bg-raised"
    >
      <span className="w-12 shrink-0 font-semibold">{row.ticker}</span>
      <span className="line-clamp-2 min-w-0 flex-1 text-muted leading-[1.125rem]" title={row.name}>
        {row.name}
      </span>
      {children}
    </Link>
  );
}
