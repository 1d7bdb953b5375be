import { useShallow } from "zustand/react/shallow";
import { useChatStore, useDraft, useHost, useSay } from "./ChatProvider";

/** First questions about the company on screen. They make room while one is typing. */
export function SuggestedQuestions({ ticker, compact }: { ticker: string; compact: boolean }) {
  const say = useSay();
  const isTyping = useDraft().draft !== "";
  const sendMessage = useChatStore((state) => state.sendMessage);
  const asked = useChatStore(
    useShallow((state) => state.messages.filter(({ role }) => role === "user").map(({ content }) => content)),
  );
  const questions = useHost()
    .useSuggestions(ticker)
    .filter((question) => !asked.includes(question));
  if (isTyping || questions.length === 0) return null;
  return (
    <ul
      data-slot="suggestions"
      aria-label={say("suggestions")}
      className={
        compact ? "flex gap-1.5 overflow-x-auto px-4 pb-1 [scrollbar-width:none]" : "flex flex-col gap-1.5"
      }
    >
      {questions.map((question) => (
        <li key={question} className={compact ? "shrink-0" : undefined}>
          <button
            type="button"
            onClick={() => sendMessage(question)}
            className={
              compact
                ? "rounded-full border border-line bg-surface px-3 py-1 text-muted text-xs max-md:min-h-11 max-md:px-4 hover:border-border hover:text-text"
                : "min-h-11 w-full rounded-xl border border-line bg-surface px-3.5 py-2.5 text-left hover:border-border hover:bg-raised"
            }
          >
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}
