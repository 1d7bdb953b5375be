import { useChatStore, useHost } from "./ChatProvider";
import type { HostCompany } from "./host";

/** The company the chat is about: the one on the page, else the session's. */
export function useViewedCompany(): {
  ticker: string | null;
  asOf: string | null;
  company: HostCompany | undefined;
} {
  const host = useHost();
  const onPage = useChatStore((state) => state.pageTicker);
  const analysisId = useChatStore((state) => state.pageAnalysis);
  const context = useChatStore((state) => state.context);
  const ticker = onPage ?? context?.ticker ?? null;
  const company = host.useCompany(ticker);
  // What the session was told of the page is exact where the page shows an older analysis.
  const asOf = analysisId !== null && context?.analysis_id === analysisId ? context.as_of : null;
  return { ticker, asOf: asOf ?? company?.asOf ?? context?.as_of ?? null, company };
}
