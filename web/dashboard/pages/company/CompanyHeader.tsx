import { cn } from "@shared/lib/cn";
import { decimal, longDate, money, sessionBefore, shortDate, signed } from "@shared/lib/format";
import { useQuery } from "@tanstack/react-query";
import { pricesQuery } from "@/api/queries";
import type { AnalysisDetail, Company } from "@/api/types";
import { PageTitle } from "@/components/PageTitle";
import { RatingBadge } from "@/components/RatingBadge";
import { ScoreBar } from "@/components/ScoreBar";
import { BUY_LINE, RATING_WORD, SELL_LINE } from "@/lib/rating";
import { changeOn } from "./priceChange";

/** Who it is, what it costs, how it is rated, and from which day all of that is. */
export function CompanyHeader({
  company,
  analysis,
  price,
}: {
  company: Company;
  analysis: AnalysisDetail | null;
  price: number | null;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-10 gap-y-5">
      <div className="min-w-0">
        <PageTitle title={company.name}>
          <span className="block text-2xl leading-8">{company.name}</span>
        </PageTitle>
        <p className="mt-0.5 text-muted">
          <span className="font-semibold text-text">{company.ticker}</span>
          {[company.sub_industry, company.sector].filter(Boolean).map((part) => (
            <span key={part}> · {part}</span>
          ))}
        </p>
        {price !== null && analysis && (
          <p className="mt-4 flex flex-wrap items-baseline gap-x-2">
            <span className="font-semibold text-xl">{money(price)}</span>
            <PriceChange ticker={company.ticker} asOf={analysis.as_of} />
            <span className="text-muted text-xs">close of {shortDate(sessionBefore(analysis.as_of))}</span>
          </p>
        )}
      </div>
      {analysis && <Verdict analysis={analysis} />}
    </header>
  );
}

/** From the close a session before, where both are known. */
function PriceChange({ ticker, asOf }: { ticker: string; asOf: string }) {
  const { data: prices } = useQuery(pricesQuery(ticker));
  const change = prices && changeOn(prices, asOf);
  if (change == null) return null;
  return (
    <span
      data-slot="price-change"
      className={cn("font-medium", change > 0 ? "text-buy" : change < 0 ? "text-sell" : "text-muted")}
    >
      {signed(change * 100, 2)}%
    </span>
  );
}

function Verdict({ analysis }: { analysis: AnalysisDetail }) {
  const { rating, score, previous } = analysis;
  return (
    <div data-figure-row="score" className="w-full sm:w-64">
      <p className="flex items-baseline justify-between gap-4">
        <RatingBadge rating={rating} className="text-lg" />
        <span data-slot="score" className="font-semibold text-score tracking-tight">
          {decimal(score, 1)}
        </span>
      </p>
      <ScoreBar score={score} rating={rating} className="mt-2 h-2" />
      <p className="relative mt-1.5 h-4 text-2xs text-muted" aria-hidden="true">
        {[SELL_LINE, BUY_LINE].map((line) => (
          <span key={line} className="absolute -translate-x-1/2" style={{ left: `${line}%` }}>
            {line}
          </span>
        ))}
      </p>
      <p className="mt-1 text-muted text-xs">
        Analysis of {longDate(analysis.as_of)}
        {previous &&
          ` · ${
            previous.rating === rating
              ? signed(score - previous.score, 1)
              : `was ${RATING_WORD[previous.rating]}`
          } since ${shortDate(previous.as_of)}`}
      </p>
    </div>
  );
}
