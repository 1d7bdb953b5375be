import { useLayoutKind } from "@shared/lib/useLayoutKind";
import { useHost, useSidebar } from "./ChatProvider";

/** A ticker in a table: a link to its company, where there is such a page. */
export function CompanyCell({ ticker }: { ticker: string }) {
  const { CompanyLink, useCompany } = useHost();
  const isPhone = useLayoutKind() === "phone";
  const { setSidebarOpen } = useSidebar();
  if (!useCompany(ticker)) return ticker;
  return (
    <CompanyLink
      ticker={ticker}
      // On a phone the chat covers the page that opens.
      onClick={() => isPhone && setSidebarOpen(false)}
      className="font-semibold text-accent underline-offset-2 hover:underline max-md:-m-3 max-md:block max-md:p-3"
    >
      {ticker}
    </CompanyLink>
  );
}
