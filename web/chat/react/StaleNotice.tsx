import type { AnalysisRef } from "@chat/protocol/frames.gen";
import { Button } from "@shared/ui/button";
import { changedQuestion, newerWords } from "../core/words";
import { useChat, useHost } from "./ChatProvider";

/** Below an answer whose analysis is no longer the company's newest. It is about that company, whatever the page. */
export function StaleNotice({ read, question }: { read: AnalysisRef; question: string | null }) {
  const chat = useChat();
  const newest = useHost().useCompany(read.ticker)?.asOf ?? null;
  if (newest === null || newest <= read.as_of) return null;
  return (
    <p data-slot="stale" className="text-hold text-xs">
      {newerWords(newest)}
      {question !== null && (
        <>
          {" · "}
          <Button variant="link" size="inline" onClick={() => chat.send(question, read.ticker, null)}>
            Ask again
          </Button>
        </>
      )}
      {" · "}
      <Button
        variant="link"
        size="inline"
        onClick={() => chat.send(changedQuestion(read.as_of), read.ticker, null)}
      >
        What changed
      </Button>
    </p>
  );
}
