import { useEffect } from "react";
import type { ChatContext } from "../core/pageContext";
import { useChat } from "./ChatProvider";

/** Says what this part of the page is about, as long as it is there: unmounting withdraws it. */
export function useChatContext(context: ChatContext): void {
  const chat = useChat();
  const { ticker, analysisId = null, focus = null, isKnown = true } = context;
  useEffect(
    () => chat.declareContext({ ticker, analysisId, focus, isKnown }),
    [chat, ticker, analysisId, focus, isKnown],
  );
}
