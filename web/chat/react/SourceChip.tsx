import type { AnalysisRef } from "@chat/protocol/frames.gen";
import { useLayoutKind } from "@shared/lib/useLayoutKind";
import { FileText } from "lucide-react";
import { useHost, useSay, useSidebar } from "./ChatProvider";

/** Which analysis an answer read. It opens that one, even when there is a newer. */
export function SourceChip({ source }: { source: AnalysisRef }) {
  const say = useSay();
  const { AnalysisLink, useVerdict } = useHost();
  const verdict = useVerdict(source);
  const isPhone = useLayoutKind() === "phone";
  const { setSidebarOpen } = useSidebar();
  return (
    <AnalysisLink
      source={source}
      // On a phone the chat covers the page that opens.
      onClick={() => isPhone && setSidebarOpen(false)}
      className="relative inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-surface px-2.5 py-0.5 text-muted text-xs hover:border-border hover:text-text max-md:min-h-11 max-md:px-4"
    >
      <FileText aria-hidden="true" className="size-3 shrink-0" />
      <span className="truncate">
        {source.ticker} · {say("analysisOf", { date: say.date(source.as_of) })}
        {verdict && ` · ${verdict}`}
      </span>
    </AnalysisLink>
  );
}
