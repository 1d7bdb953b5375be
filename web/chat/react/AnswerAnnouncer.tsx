import { useEffect, useRef, useState } from "react";
import { useChatStore, useSay } from "./ChatProvider";

/** Says each finished answer once to a screen reader; never the pieces, and not what was there before. */
export function AnswerAnnouncer() {
  const latest = useChatStore((state) =>
    state.messages.findLast((message) => message.role === "assistant" && message.status === "complete"),
  );
  const say = useSay();
  const isLoaded = useChatStore((state) => state.isLoaded);
  const sessionId = useChatStore((state) => state.sessionId);
  const heard = useRef<{ sessionId: string; id: string | null } | null>(null);
  const [words, setWords] = useState("");

  useEffect(() => {
    if (!isLoaded) return;
    const id = latest?.id ?? null;
    const isFirstLook = heard.current?.sessionId !== sessionId;
    const isNew = heard.current?.id !== id;
    heard.current = { sessionId, id };
    if (isFirstLook || !isNew || !latest) return;
    setWords(latest.content === "" ? say("stopped") : `${say("answer")}${latest.content}`);
  }, [latest, isLoaded, sessionId, say]);

  return (
    <div role="status" aria-live="polite" className="sr-only">
      {words}
    </div>
  );
}
