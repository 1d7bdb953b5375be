import { useRef, useSyncExternalStore } from "react";
import type { AssistantChatMessage, ChatMessage } from "../core/chatState";
import { useChat, useChatStore } from "./ChatProvider";

/** The messages, told anew when one comes, goes or changes, but not for each word of an answer: that is for the
 * answer alone, which reads it with `useGrowing`. A long conversation is not drawn again sixty times a second. */
export function useOutline(): readonly ChatMessage[] {
  const seen = useRef<readonly ChatMessage[]>([]);
  return useChatStore(({ messages }) => {
    if (!isSameOutline(seen.current, messages)) seen.current = messages;
    return seen.current;
  });
}

/** An answer of the outline with all the text there is of it. */
export function useGrowing(answer: AssistantChatMessage): AssistantChatMessage {
  const { store } = useChat();
  const latest = (): AssistantChatMessage =>
    store
      .getState()
      .messages.filter(isGrowing)
      .find(({ id }) => id === answer.id) ?? answer;
  return useSyncExternalStore(
    isGrowing(answer) ? store.subscribe : toNothing,
    isGrowing(answer) ? latest : () => answer,
  );
}

const toNothing = () => () => undefined;

function isSameOutline(before: readonly ChatMessage[], after: readonly ChatMessage[]): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  return after.every((message, at) => {
    const known = before[at];
    return known === message || (known?.id === message.id && isGrowing(known) && isGrowing(message));
  });
}

function isGrowing(message: ChatMessage): message is AssistantChatMessage {
  return message.role === "assistant" && message.status === "streaming";
}
