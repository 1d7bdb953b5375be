import { useEffect } from "react";
import { useMatch } from "react-router";
import { useCompanyRow } from "@/api/queries";
import type { AnalysisRow } from "@/api/types";
import { useChatStore } from "./chatStore";

/** The company the chat is about: the one on the page, else the session's. Tells the session when the page moves. */
export function useViewedCompany(): {
  ticker: string | null;
  asOf: string | null;
  row: AnalysisRow | undefined;
} {
  const onPage = useMatch("/company/:ticker")?.params.ticker?.toUpperCase() ?? null;
  const pageRow = useCompanyRow(onPage);
  const context = useChatStore((state) => state.context);
  const viewCompany = useChatStore((state) => state.viewCompany);

  // Only a company that exists can be a context: a mistyped address is not one.
  const known = pageRow?.ticker ?? null;
  useEffect(() => viewCompany(known), [known, viewCompany]);

  const ticker = known ?? context?.ticker ?? null;
  const row = useCompanyRow(ticker);
  return { ticker, asOf: row?.as_of ?? context?.as_of ?? null, row };
}
