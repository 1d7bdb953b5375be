import type { ChatStore } from "@chat/core/chatStore";
import { type Chat, type ChatOptions, createChat } from "@chat/core/createChat";
import type { Deletions } from "@chat/core/deletions";
import type { Draft } from "@chat/core/draftStore";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { type StoreApi, useStore } from "zustand";
import type { Say } from "../core/say";
import type { ChatHost, OnCite } from "./host";
import { completeHost } from "./plainHost";
import { createSidebar, type Sidebar } from "./sidebarStore";
import { useSpoken } from "./useSpoken";

interface Provided {
  chat: Chat;
  host: ChatHost;
  sidebar: StoreApi<Sidebar>;
  /** Null until its language is here. */
  say: Say | null;
}

/** A chat that the page made, or what one is to be made of. */
export type ChatProviderProps = ({ chat: Chat } | (ChatOptions & { chat?: undefined })) & {
  /** What the page knows and does for the chat; the chat asks the gateway for the rest. Given once. */
  host?: Partial<ChatHost>;
  /** A figure of an answer was chosen: the page may show its own row. */
  onCite?: OnCite;
  children: ReactNode;
};

const ChatContext = createContext<Provided | null>(null);

/** One chat, and the page around it, for all that is inside. It is connected as long as this is mounted. */
export function ChatProvider({ host, onCite, children, ...given }: ChatProviderProps) {
  const chat = useGivenChat(given);
  const cite = useRef(onCite);
  useEffect(() => {
    cite.current = onCite;
  });
  useEffect(() => chat.hold(), [chat]);
  const say = useSpoken(chat.language, chat.labels);
  const around = useMemo(
    () => ({
      chat,
      host: completeHost(host ?? {}, (citation) => cite.current?.(citation)),
      sidebar: createSidebar(chat.storageKey),
    }),
    [chat, host],
  );
  const provided = useMemo(() => ({ ...around, say }), [around, say]);
  return <ChatContext.Provider value={provided}>{children}</ChatContext.Provider>;
}

type Given = { chat: Chat } | (ChatOptions & { chat?: undefined });

/** The page's chat, or one of our own for as long as gateway and user stay the same. */
function useGivenChat(given: Given): Chat {
  const options = given.chat === undefined ? given : null;
  const getToken = useRef(options?.getToken);
  useEffect(() => {
    getToken.current = options?.getToken;
  });
  const { gateway = "", storageKey = "", context = null, locale, labels } = options ?? {};
  const words = useRef(labels);
  const first = useRef(context);
  const own = useMemo(
    () =>
      createChat({
        gateway,
        storageKey,
        context: first.current,
        locale,
        labels: words.current,
        // The page's function may be another one at each drawing.
        getToken: (wish) => getToken.current?.(wish) ?? Promise.resolve(null),
      }),
    [gateway, storageKey, locale],
  );
  // As text, so that an object that says the same is the same.
  const said = JSON.stringify(context);
  useEffect(() => own.setContext(JSON.parse(said)), [own, said]);
  return given.chat ?? own;
}

function useProvided(): Provided {
  const provided = useContext(ChatContext);
  if (!provided) throw new Error("a chat component stands outside of <ChatProvider>");
  return provided;
}

/** Whether there are words for what is to be said. */
export const useIsSpoken = (): boolean => useProvided().say !== null;

export function useSay(): Say {
  const { say } = useProvided();
  if (!say) throw new Error("a chat component is drawn before its language is here");
  return say;
}

export const useChat = (): Chat => useProvided().chat;
export const useHost = (): ChatHost => useProvided().host;

export function useChatStore<Selected>(select: (state: ChatStore) => Selected): Selected {
  return useStore(useChat().store, select);
}

export function useDeletions<Selected>(select: (state: Deletions) => Selected): Selected {
  return useStore(useChat().deletions, select);
}

export const useDraft = (): Draft => useStore(useChat().draft);
export const useSidebar = (): Sidebar => useStore(useProvided().sidebar);
