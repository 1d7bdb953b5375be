import { signed } from "@shared/lib/format";
import { lazyPart } from "@shared/lib/loadChunk";
import { Skeleton } from "@shared/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { pricesQuery } from "@/api/queries";
import type { AnalysisDetail } from "@/api/types";
import { Panel } from "@/components/Panel";
import { LoadError } from "@/components/States";
import { YearRange } from "./YearRange";

const PriceChart = lazyPart(() => import("./PriceChart"));

/** The price over the snapshots there are, and its place in the year. */
export function Price({ ticker, analysis }: { ticker: string; analysis: AnalysisDetail | null }) {
  const { data: prices, error, refetch } = useQuery(pricesQuery(ticker));
  const first = prices?.[0];
  const last = prices?.at(-1);
  const change =
    first && last ? `${signed((last.price / first.price - 1) * 100, 1)}% in the time shown` : null;
  return (
    <Panel title="Price" aside={change}>
      {error && !prices ? (
        <LoadError what="The prices" error={error} onRetry={() => void refetch()} />
      ) : prices?.length === 0 ? (
        <p className="py-8 text-center text-muted">No prices in the source.</p>
      ) : (
        <Suspense fallback={<Skeleton className="h-60 rounded-lg" />}>
          {prices ? (
            <PriceChart prices={prices} markedDate={analysis?.as_of ?? null} />
          ) : (
            <Skeleton className="h-60 rounded-lg" />
          )}
        </Suspense>
      )}
      {analysis && <YearRange analysis={analysis} />}
    </Panel>
  );
}
