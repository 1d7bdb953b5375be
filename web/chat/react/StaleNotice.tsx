import type { AnalysisRef } from "@chat/protocol/frames.gen";
import { Button } from "@shared/ui/button";
import { useChat, useHost, useSay } from "./ChatProvider";

/** Below an answer whose analysis is no longer the company's newest. It is about that company, whatever the page. */
export function StaleNotice({ read, question }: { read: AnalysisRef; question: string | null }) {
  const chat = useChat();
  const say = useSay();
  const newest = useHost().useCompany(read.ticker)?.asOf ?? null;
  if (newest === null || newest <= read.as_of) return null;
  return (
    <p data-slot="stale" className="text-hold text-xs">
      {say("newer", { date: say.date(newest) })}
      {question !== null && (
        <>
          {" · "}
          <Button variant="link" size="inline" onClick={() => chat.send(question, read.ticker, null)}>
            {say("askAgain")}
          </Button>
        </>
      )}
      {" · "}
      <Button
        variant="link"
        size="inline"
        onClick={() => chat.send(say("whatChangedSince", { date: say.date(read.as_of) }), read.ticker, null)}
      >
        {say("whatChanged")}
      </Button>
    </p>
  );
}
