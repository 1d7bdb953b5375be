import type { StoreApi } from "zustand/vanilla";
import type { AnalysesChanged } from "../protocol/frames.gen";
import { type ChatStore, createChatStore } from "./chatStore";
import { type Companies, createCompanies } from "./companies";
import { createDeletions, type Deletions } from "./deletions";
import { createDraft, type Draft } from "./draftStore";
import { gatewayApi } from "./gatewayApi";
import { asContext, type ChatContext, pageContexts } from "./pageContext";
import { type Language, languageOf, type OwnLabels } from "./say";
import { checkedTokens, type GetToken } from "./tokens";

export interface ChatOptions {
  /** The gateway's address, "https://chat.example"; the socket is there too. "/" is the page's own. */
  gateway: string;
  /** A token, or null when nobody is signed in. `fresh`: the last one was refused or is about to end. */
  getToken: GetToken;
  /** The page as it opens: a company's ticker, or more of it. */
  context?: string | ChatContext | null;
  /** Keeps the conversations of two users, or of two chats, of one browser apart. */
  storageKey?: string;
  /** "de-AT": the language of what the chat says of itself, English where we have no other. Answers are in the question's. */
  locale?: string | undefined;
  /** Sentences of the page's own, for any of ours. */
  labels?: OwnLabels | undefined;
  /** Newer or corrected analyses are in: what the page read of them before is old. */
  onAnalysesChanged?: (changed: AnalysesChanged) => void;
}

/** One chat: its state and what can be done with it. Nothing is opened before `connect` (or the first question), so that
 * making one has no effect; two of them know nothing of each other. */
export interface Chat {
  getState: () => ChatStore;
  subscribe: StoreApi<ChatStore>["subscribe"];
  store: StoreApi<ChatStore>;
  deletions: StoreApi<Deletions>;
  draft: StoreApi<Draft>;
  /** What the gateway says of companies, for a page that says nothing. */
  companies: StoreApi<Companies>;
  storageKey: string;
  language: Language;
  labels: OwnLabels;
  connect: () => void;
  /** Connects, and keeps connected until all who hold have let go; returns what lets go. */
  hold: () => () => void;
  /** Asks. A chat that was never connected is; what is asked of a disposed one is kept until it is connected again. */
  send: ChatStore["sendMessage"];
  /** Stops one turn, or the running one. */
  stop: (turnId?: string) => void;
  /** What the page is about, until it is told otherwise. */
  setContext: (context: string | ChatContext | null) => void;
  /** What a part of the page is about, as long as it is there. Returns what withdraws it. */
  declareContext: (context: string | ChatContext) => () => void;
  /** Turns to a conversation, and connects to it. */
  open: (sessionId: string) => void;
  /** Closes the socket and carries out what waits: no socket, timer or listener is left. It can be connected again. */
  dispose: () => void;
}

export function createChat({
  gateway,
  getToken,
  context,
  storageKey = "",
  locale,
  labels = {},
  onAnalysesChanged = () => {},
}: ChatOptions): Chat {
  const tokens = checkedTokens(getToken);
  const api = gatewayApi(gateway, tokens.get);
  const page = asContext(context);
  const companies = createCompanies(api.fetchAnalysis);
  const store = createChatStore({
    gateway,
    tokens,
    storageKey,
    api,
    page,
    onAnalysesChanged(changed) {
      companies.getState().renew(changed.tickers);
      onAnalysesChanged(changed);
    },
  });
  const contexts = pageContexts(page, ({ ticker, isKnown, analysisId, focus }) =>
    store.getState().viewCompany(ticker, isKnown, analysisId, focus),
  );
  const deletions = createDeletions(api.deleteSession);
  const flush = () => deletions.getState().flush();
  function connect(): void {
    // A page that goes away deletes at once what waits.
    window.addEventListener("pagehide", flush);
    store.getState().connectWebSocket();
  }
  let holders = 0;
  function dispose(): void {
    window.removeEventListener("pagehide", flush);
    flush();
    store.getState().disconnect();
  }
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    store,
    deletions,
    draft: createDraft(),
    companies,
    storageKey,
    language: languageOf(locale),
    labels,
    connect,
    hold() {
      holders += 1;
      if (holders === 1) connect();
      let isHolding = true;
      return () => {
        if (!isHolding) return;
        isHolding = false;
        holders -= 1;
        if (holders === 0) dispose();
      };
    },
    send(...question) {
      if (store.getState().connection.phase === "idle") connect();
      store.getState().sendMessage(...question);
    },
    stop: (turnId) => store.getState().stop(turnId),
    setContext: (now) => contexts.set(asContext(now)),
    declareContext: (now) => contexts.declare(asContext(now)),
    open(sessionId) {
      window.addEventListener("pagehide", flush);
      store.getState().openConversation(sessionId);
    },
    dispose,
  };
}
