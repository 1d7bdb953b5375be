import { cn } from "@shared/lib/cn";
import { decimal, money, signed } from "@shared/lib/format";
import { Link } from "react-router";
import type { AnalysisRow } from "@/api/types";
import { RatingBadge } from "@/components/RatingBadge";
import { ScoreBar } from "@/components/ScoreBar";
import { Sparkline } from "@/components/Sparkline";
import { scoreChange } from "./filters";
import { useRows } from "./useRows";

const CARD_HEIGHT = 112;

/** The same companies on a phone. */
export function CompanyCards({ rows }: { rows: readonly AnalysisRow[] }) {
  const { container, items, before, after } = useRows(rows.length, CARD_HEIGHT);
  return (
    <div ref={container}>
      <ul style={{ paddingTop: before, paddingBottom: after }}>
        {items.map(({ index }) => {
          const row = rows[index];
          return row && <Card key={row.ticker} row={row} index={index} />;
        })}
      </ul>
    </div>
  );
}

function Card({ row, index }: { row: AnalysisRow; index: number }) {
  const change = scoreChange(row);
  return (
    <li data-row={index} style={{ height: CARD_HEIGHT }} className="border-line border-b">
      <Link to={`/company/${encodeURIComponent(row.ticker)}`} className="flex h-full items-center gap-4 py-3">
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="font-semibold text-base">{row.ticker}</span>
            <span className="line-clamp-2 text-muted leading-[1.125rem]">{row.name}</span>
          </span>
          {row.rating && row.score !== null ? (
            <>
              <span className="mt-1 flex items-center gap-3">
                <RatingBadge rating={row.rating} />
                <span className="font-medium">{decimal(row.score, 1)}</span>
                {change !== null && (
                  <span
                    className={cn(
                      "text-xs",
                      change > 0 ? "text-buy" : change < 0 ? "text-sell" : "text-muted",
                    )}
                  >
                    {signed(change, 1)}
                    <span className="text-muted"> week</span>
                  </span>
                )}
              </span>
              <ScoreBar score={row.score} rating={row.rating} className="mt-2.5" />
            </>
          ) : (
            <span className="mt-1 block text-muted text-xs">{row.not_rated ?? "Not rated"}</span>
          )}
        </span>
        <span className="flex w-[88px] shrink-0 flex-col items-end gap-1.5">
          <span className="font-medium">{row.price === null ? "—" : money(row.price)}</span>
          <Sparkline values={row.sparkline} />
        </span>
      </Link>
    </li>
  );
}
