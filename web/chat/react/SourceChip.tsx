import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { Link } from "react-router";
import { historyQuery } from "@/api/queries";
import { decimal, shortDate } from "@/lib/format";
import { RATING_WORD } from "@/lib/rating";
import type { AnalysisRef } from "@/protocol/frames.gen";

/** Which analysis an answer read. It opens that one, even when there is a newer. */
export function SourceChip({ source }: { source: AnalysisRef }) {
  const { data } = useQuery(historyQuery(source.ticker));
  const step = data?.find(({ id }) => id === source.analysis_id);
  const verdict = step ? ` · ${RATING_WORD[step.rating]} ${decimal(step.score, 1)}` : "";
  return (
    <Link
      data-slot="source"
      to={`/company/${encodeURIComponent(source.ticker)}?analysis=${source.analysis_id}`}
      className="inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-surface px-2.5 py-0.5 text-muted text-xs hover:border-border hover:text-text"
    >
      <FileText aria-hidden="true" className="size-3 shrink-0" />
      <span className="truncate">
        {source.ticker} · analysis of {shortDate(source.as_of)}
        {verdict}
      </span>
    </Link>
  );
}
