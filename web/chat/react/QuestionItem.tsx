import { useNow } from "@shared/lib/useNow";
import { Button } from "@shared/ui/button";
import { X } from "lucide-react";
import { memo, useState } from "react";
import type { UserChatMessage } from "../core/chatState";
import { failureWords, queueWords } from "../core/words";
import { useChat, useSay } from "./ChatProvider";

/** The reader's question, and what became of it. `position` is its place in line when it waits. */
export const QuestionItem = memo(function QuestionItem({
  question,
  position,
}: {
  question: UserChatMessage;
  position: number | null;
}) {
  const say = useSay();
  return (
    <div data-slot="question" data-status={question.status} className="group flex flex-col items-end gap-1">
      <p
        dir="auto"
        className="max-w-[85%] whitespace-pre-wrap break-words rounded-2xl rounded-br-md bg-bubble px-3.5 py-2"
        title={question.createdAt === null ? undefined : say.moment(question.createdAt, Date.now())}
      >
        <span className="sr-only">{say("youAsked")}</span>
        {question.content}
      </p>
      <QuestionStatus question={question} position={position} />
    </div>
  );
});

function QuestionStatus({ question, position }: { question: UserChatMessage; position: number | null }) {
  const say = useSay();
  const { retry, stop } = useChat().store.getState();
  const now = useNow(question.error?.retryAt ?? null);
  // The turn ends in its order; until then this tab remembers that it was taken back.
  const [isTakenBack, setTakenBack] = useState(false);

  if (question.status === "sending") return <span className="px-1 text-muted text-xs">{say("sending")}</span>;
  if (question.status === "accepted" && isTakenBack) {
    return <span className="px-1 text-muted text-xs">{say("takenBack")}</span>;
  }
  if (question.status === "accepted" && position !== null) {
    return (
      <span className="flex items-center gap-1 px-1 text-muted text-xs">
        {queueWords(say, position)}
        <button
          type="button"
          aria-label={say("takeBack")}
          title={say("takeBack")}
          onClick={() => {
            stop(question.turnId);
            setTakenBack(true);
          }}
          className="grid size-6 max-md:size-11 place-items-center rounded hover:bg-raised hover:text-text"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      </span>
    );
  }
  if (question.status === "failed" || question.status === "refused") {
    const { words, retry: label } = failureWords(say, question.error, now);
    return (
      <span className="px-1 text-right text-sell text-xs">
        {words}
        {label && (
          <>
            {" · "}
            <Button variant="link" size="inline" onClick={() => retry(question.turnId)}>
              {label}
            </Button>
          </>
        )}
      </span>
    );
  }
  return null;
}
