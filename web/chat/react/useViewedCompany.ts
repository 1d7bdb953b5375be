import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useMatch } from "react-router";
import { analysesQuery } from "@/api/queries";
import type { AnalysisRow } from "@/api/types";
import { useChatStore } from "./chatStore";

/** The company the chat is about: the one on the page, else the session's. Tells the session when the page moves. */
export function useViewedCompany(): {
  ticker: string | null;
  asOf: string | null;
  row: AnalysisRow | undefined;
} {
  const onPage = useMatch("/company/:ticker")?.params.ticker?.toUpperCase() ?? null;
  const { data: rows } = useQuery(analysesQuery);
  const context = useChatStore((state) => state.context);
  const viewCompany = useChatStore((state) => state.viewCompany);

  // A mistyped address is no company. Until the companies are here the address is believed, so that a question
  // asked in that moment is about the page.
  const isListed = rows?.some((row) => row.ticker === onPage) ?? false;
  const page = rows === undefined || isListed ? onPage : null;
  useEffect(() => viewCompany(page, isListed), [page, isListed, viewCompany]);

  const ticker = page ?? context?.ticker ?? null;
  const row = rows?.find((candidate) => candidate.ticker === ticker);
  return { ticker, asOf: row?.as_of ?? context?.as_of ?? null, row };
}
