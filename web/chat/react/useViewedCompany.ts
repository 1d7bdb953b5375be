import { useEffect } from "react";
import { useChatStore, useHost } from "./ChatProvider";
import type { HostCompany } from "./host";

/** The company the chat is about: the one on the page, else the session's. Tells the session when the page moves. */
export function useViewedCompany(): {
  ticker: string | null;
  asOf: string | null;
  company: HostCompany | undefined;
} {
  const host = useHost();
  const page = host.usePage();
  const context = useChatStore((state) => state.context);
  const viewCompany = useChatStore((state) => state.viewCompany);
  useEffect(() => viewCompany(page.ticker, page.isKnown), [page.ticker, page.isKnown, viewCompany]);

  const ticker = page.ticker ?? context?.ticker ?? null;
  const company = host.useCompany(ticker);
  return { ticker, asOf: company?.asOf ?? context?.as_of ?? null, company };
}
