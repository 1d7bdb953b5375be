import { money, percent } from "@shared/lib/format";
import type { AnalysisDetail } from "@/api/types";

/** Where the price stands between the lowest and the highest of 52 weeks. */
export function YearRange({ analysis }: { analysis: AnalysisDetail }) {
  const value = (key: string) => analysis.metrics.find((metric) => metric.key === key)?.value ?? null;
  const low = value("week52_low");
  const high = value("week52_high");
  const price = value("price");
  if (low === null || high === null || price === null || high <= low) {
    return <p className="mt-3 text-muted text-xs">The 52-week range is not in the source.</p>;
  }
  const place = Math.min(1, Math.max(0, (price - low) / (high - low)));
  return (
    <div className="mt-4">
      <div className="flex justify-between text-xs">
        <span>
          <span className="text-muted">52-week low </span>
          {money(low)}
        </span>
        <span className="text-muted">{percent(place, 0)} of the range</span>
        <span>
          <span className="text-muted">high </span>
          {money(high)}
        </span>
      </div>
      <div aria-hidden="true" className="relative mt-2 h-1.5 rounded-full bg-raised">
        <span
          className="absolute top-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-bg bg-accent"
          style={{ left: `${place * 100}%` }}
        />
      </div>
    </div>
  );
}
