import { Button } from "@shared/ui/button";
import { Check, Copy, RotateCcw } from "lucide-react";
import { memo, type ReactNode, useState } from "react";
import { countWords } from "../core/answerWords";
import type { AssistantChatMessage } from "../core/chatState";
import { plainText } from "../core/plainText";
import type { Say } from "../core/say";
import { AnswerText } from "./AnswerText";
import { useChat, useSay } from "./ChatProvider";
import { LookupChips } from "./Lookups";
import { Results } from "./Results";
import { SourceChip } from "./SourceChip";
import { StaleNotice } from "./StaleNotice";
import { Thinking } from "./Thinking";
import { useGrowing } from "./useOutline";

/** The model's answer: being read for, being written, or whole. `question` is what it answers, to ask it again;
 * `askedTicker` the company it was asked about. */
export const AnswerItem = memo(function AnswerItem({
  answer: known,
  question,
  askedTicker,
}: {
  answer: AssistantChatMessage;
  question: string | null;
  askedTicker: string | null;
}) {
  const answer = useGrowing(known);
  const say = useSay();
  return (
    <div
      data-slot="answer"
      data-status={answer.status}
      title={madeWords(say, answer)}
      className="group flex flex-col gap-2"
    >
      <span className="sr-only">{say("answer")}</span>
      {answer.restarted && <p className="text-hold text-xs">{say("restarted")}</p>}
      <LookupChips lookups={answer.lookups} />
      {answer.status === "thinking" ? (
        <Thinking ticker={answer.context?.ticker ?? askedTicker} asOf={answer.context?.as_of ?? null} />
      ) : (
        answer.content !== "" && (
          <AnswerText
            text={answer.content}
            figures={answer.figures}
            isStreaming={answer.status === "streaming"}
          />
        )
      )}
      <Results lookups={answer.lookups} />
      {answer.status === "complete" && (
        <Ending answer={answer} question={question} askedTicker={askedTicker} />
      )}
    </div>
  );
});

function Ending({
  answer,
  question,
  askedTicker,
}: {
  answer: AssistantChatMessage;
  question: string | null;
  askedTicker: string | null;
}) {
  const chat = useChat();
  const say = useSay();
  // The page may be another company's by now; what is asked again is what was asked.
  const ask = (words: string) => chat.send(words, answer.context?.ticker ?? askedTicker);
  return (
    <>
      {answer.finishReason === "cancelled" && (
        <Finish words={say("stopped")}>
          {question !== null && <Again label={say("askAgain")} onClick={() => ask(question)} />}
        </Finish>
      )}
      {answer.finishReason === "max_tokens" && (
        <Finish words={say("cut")}>
          <Again label={say("continue")} onClick={() => ask(say("continueQuestion"))} />
        </Finish>
      )}
      {answer.finishReason === "safety" && <Finish words={say("declined")} />}
      {answer.context && <StaleNotice read={answer.context} question={question} />}
      <div className="flex min-h-7 flex-wrap items-center gap-1.5">
        {answer.context && <SourceChip source={answer.context} />}
        {answer.figures.length > 0 && (
          <span data-slot="figure-count" className="text-muted text-xs">
            {countWords(say, answer.figures)}
          </span>
        )}
        <span className="ml-auto flex items-center gap-0.5 text-muted opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          {question !== null && (
            <Button
              title={say("askAgain")}
              variant="ghost"
              size="icon-sm"
              aria-label={say("askAgain")}
              onClick={() => ask(question)}
            >
              <RotateCcw aria-hidden="true" className="size-3.5" />
            </Button>
          )}
          <CopyButton text={plainText(answer.content)} />
        </span>
      </div>
    </>
  );
}

/** When and by which model, on hover. */
function madeWords(say: Say, { createdAt, model }: AssistantChatMessage): string | undefined {
  const words = [createdAt === null ? null : say.moment(createdAt, Date.now()), model]
    .filter(Boolean)
    .join(" · ");
  return words || undefined;
}

function Finish({ words, children }: { words: string; children?: ReactNode }) {
  return (
    <p className="text-muted text-xs">
      {words}
      {children && <> · {children}</>}
    </p>
  );
}

function Again({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="link" size="inline" onClick={onClick}>
      {label}
    </Button>
  );
}

const COPIED_FOR_MS = 1500;

function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  const say = useSay();
  // Pages served without https have no clipboard.
  if (text === "" || !navigator.clipboard) return null;

  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  }

  const Icon = isCopied ? Check : Copy;
  const words = say(isCopied ? "copied" : "copy");
  return (
    <Button title={words} variant="ghost" size="icon-sm" aria-label={words} onClick={() => void copy()}>
      <Icon aria-hidden="true" className="size-3.5" />
    </Button>
  );
}
