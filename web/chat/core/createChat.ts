import type { StoreApi } from "zustand/vanilla";
import type { AnalysesChanged } from "../protocol/frames.gen";
import { type ChatStore, createChatStore } from "./chatStore";
import { createDeletions, type Deletions } from "./deletions";
import { createDraft, type Draft } from "./draftStore";
import { type GetToken, gatewayApi } from "./gatewayApi";

export interface ChatOptions {
  /** The gateway's address, "https://chat.example"; the socket is there too. */
  gateway: string;
  /** A token, or null when nobody is signed in. `fresh`: the last one was refused. */
  getToken: GetToken;
  /** Keeps the conversations of two users of one browser apart. */
  storageKey?: string;
  /** Newer or corrected analyses are in: what the page read of them before is old. */
  onAnalysesChanged?: (changed: AnalysesChanged) => void;
}

/** One chat: its state and what can be done with it. Nothing is opened before `connect`, so that making one has no
 * effect; two of them know nothing of each other. */
export interface Chat {
  store: StoreApi<ChatStore>;
  deletions: StoreApi<Deletions>;
  draft: StoreApi<Draft>;
  connect: () => void;
  send: ChatStore["sendMessage"];
  stop: (turnId?: string) => void;
  setContext: (ticker: string | null) => void;
  open: (sessionId: string) => void;
  /** Closes the socket and carries out what waits. It can be connected again. */
  dispose: () => void;
}

export function createChat({
  gateway,
  getToken,
  storageKey = "",
  onAnalysesChanged = () => {},
}: ChatOptions): Chat {
  const api = gatewayApi(gateway, getToken);
  const store = createChatStore({ gateway, getToken, storageKey, api, onAnalysesChanged });
  const deletions = createDeletions(api.deleteSession);
  const flush = () => deletions.getState().flush();
  return {
    store,
    deletions,
    draft: createDraft(),
    connect() {
      // A page that goes away deletes at once what waits.
      window.addEventListener("pagehide", flush);
      store.getState().connectWebSocket();
    },
    send: (...question) => store.getState().sendMessage(...question),
    stop: (turnId) => store.getState().stop(turnId),
    setContext: (ticker) => store.getState().viewCompany(ticker),
    open: (sessionId) => store.getState().openConversation(sessionId),
    dispose() {
      window.removeEventListener("pagehide", flush);
      flush();
      store.getState().disconnect();
    },
  };
}
