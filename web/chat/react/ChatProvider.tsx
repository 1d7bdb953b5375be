import type { ChatStore } from "@chat/core/chatStore";
import type { Chat } from "@chat/core/createChat";
import type { Deletions } from "@chat/core/deletions";
import type { Draft } from "@chat/core/draftStore";
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { type StoreApi, useStore } from "zustand";
import type { ChatHost } from "./host";
import { createSidebar, type Sidebar } from "./sidebarStore";

interface Provided {
  chat: Chat;
  host: ChatHost;
  sidebar: StoreApi<Sidebar>;
}

const ChatContext = createContext<Provided | null>(null);

/** One chat, and the page around it, for all that is inside. */
export function ChatProvider({ chat, host, children }: { chat: Chat; host: ChatHost; children: ReactNode }) {
  const [sidebar] = useState(createSidebar);
  const provided = useMemo(() => ({ chat, host, sidebar }), [chat, host, sidebar]);
  return <ChatContext value={provided}>{children}</ChatContext>;
}

function useProvided(): Provided {
  const provided = use(ChatContext);
  if (!provided) throw new Error("a chat component stands outside of <ChatProvider>");
  return provided;
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
