import type { Lookup } from "@chat/protocol/frames.gen";
import { lazyPart, loadChunk } from "@shared/lib/loadChunk";
import { ErrorBoundary } from "@shared/ui/ErrorBoundary";
import { Suspense } from "react";

const load = () => import("./ResultView");
const ResultView = lazyPart(load);

/** The results of look-ups that are tables or series, below the text that speaks of them. The text alone is complete:
 * if their code does not come, nothing stands here. */
export function Results({ lookups }: { lookups: readonly Lookup[] }) {
  return lookups.map(
    (lookup) =>
      lookup.result &&
      lookup.result.rows.length > 0 && (
        <ErrorBoundary key={lookup.n} fallback={() => null}>
          <Suspense>
            <ResultView lookup={lookup} table={lookup.result} />
          </Suspense>
        </ErrorBoundary>
      ),
  );
}

/** Fetches that code before the first result needs it, so that nothing moves when one comes. */
export function preloadResults(): void {
  void loadChunk(load);
}
