import { cn } from "@shared/lib/cn";
import { decimal, longDate, signed } from "@shared/lib/format";
import { Skeleton } from "@shared/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { historyQuery } from "@/api/queries";
import type { AnalysisStep } from "@/api/types";
import { Panel } from "@/components/Panel";
import { RatingBadge } from "@/components/RatingBadge";
import { LoadError } from "@/components/States";
import { Comparison } from "./Comparison";
import { ScoreSteps } from "./ScoreSteps";

/** All analyses of the company: the score's path, its rating steps, and what changed between any two. */
export function History({ ticker, shownId }: { ticker: string; shownId: number }) {
  const { data, error, refetch } = useQuery(historyQuery(ticker));
  return (
    <Panel title="History" aside={data && `${data.length} analyses`}>
      {error && !data ? (
        <LoadError what="The history" error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton className="h-48 rounded-lg" />
      ) : (
        <Loaded ticker={ticker} shownId={shownId} steps={data} />
      )}
    </Panel>
  );
}

function Loaded({ ticker, shownId, steps }: { ticker: string; shownId: number; steps: AnalysisStep[] }) {
  const newestFirst = steps.toSorted((a, b) => b.as_of.localeCompare(a.as_of) || b.id - a.id);
  const shownAt = newestFirst.findIndex(({ id }) => id === shownId);
  const [pair, setPair] = useState<{ from: number; to: number } | null>(null);
  const to = pair?.to ?? shownId;
  const from = pair?.from ?? newestFirst[shownAt + 1]?.id ?? null;
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,19rem)_minmax(0,1fr)]">
      <div>
        <ScoreSteps steps={newestFirst.toReversed()} shownId={shownId} />
        <ol className="mt-2">
          {newestFirst.map((step, index) => {
            const before = newestFirst[index + 1];
            const isStep = before !== undefined && before.rating !== step.rating;
            return (
              <li key={step.id}>
                <Link
                  to={`/company/${encodeURIComponent(ticker)}?analysis=${step.id}`}
                  aria-current={step.id === shownId ? "true" : undefined}
                  className={cn(
                    "-mx-2 grid grid-cols-[1fr_4rem_3rem_3rem] items-center rounded-md px-2 py-1.5 hover:bg-surface",
                    step.id === shownId && "bg-raised hover:bg-raised",
                  )}
                >
                  <span>{longDate(step.as_of)}</span>
                  <RatingBadge rating={step.rating} className={isStep ? "" : "font-normal"} />
                  <span className="text-right font-medium">{decimal(step.score, 1)}</span>
                  <span className="text-right text-muted text-xs">
                    {before && signed(step.score - before.score, 1)}
                  </span>
                </Link>
              </li>
            );
          })}
        </ol>
      </div>
      {from === null ? (
        <p className="self-start text-muted">
          This is the first analysis: there is nothing to compare it with.
        </p>
      ) : (
        <Comparison
          ticker={ticker}
          steps={newestFirst}
          from={from}
          to={to}
          onChange={(changed) => setPair({ from, to, ...changed })}
        />
      )}
    </div>
  );
}
