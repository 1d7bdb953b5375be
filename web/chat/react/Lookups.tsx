import type { Lookup } from "@chat/protocol/frames.gen";
import { cn } from "@shared/lib/cn";
import { LoaderCircle, Search, SearchX } from "lucide-react";
import { useEffect } from "react";
import { lookupWords } from "../core/answerWords";
import { useSay } from "./ChatProvider";
import { preloadResults } from "./Results";

const ICON = { running: LoaderCircle, ok: Search, failed: SearchX } as const;

/** What was looked up for an answer: while it runs, and what came of it. */
export function LookupChips({ lookups }: { lookups: readonly Lookup[] }) {
  const say = useSay();
  const isAny = lookups.length > 0;
  useEffect(() => {
    if (isAny) preloadResults();
  }, [isAny]);
  if (!isAny) return null;
  return (
    <ul data-slot="lookups" aria-label={say("lookedUp")} className="flex flex-wrap gap-1.5">
      {lookups.map((lookup) => {
        const Icon = ICON[lookup.status];
        return (
          <li
            key={lookup.n}
            data-status={lookup.status}
            className={cn(
              "inline-flex max-w-full items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-xs",
              lookup.status === "failed"
                ? "border-hold/50 border-dashed text-hold"
                : "border-line text-muted",
            )}
          >
            <Icon
              aria-hidden="true"
              className={cn("size-3 shrink-0", lookup.status === "running" && "animate-spin")}
            />
            <span className="truncate" title={lookupWords(say, lookup)}>
              {lookupWords(say, lookup)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
