import { isUuid, randomId } from "@shared/lib/randomId";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ServerFrame } from "../protocol/decodeFrame";
import type { AnalysesChanged } from "../protocol/frames.gen";
import { type ChatSocket, openChatSocket } from "./chatSocket";
import { type ChatState, emptyChat, newQuestion, type UserChatMessage } from "./chatState";
import { type Connection, idle } from "./connection";
import { findTrouble } from "./findTrouble";
import { batchFrames } from "./frameBatcher";
import { prependStored } from "./fromSnapshot";
import type { GatewayApi } from "./gatewayApi";
import { socketUrl } from "./gatewayUrl";
import type { ChatContext } from "./pageContext";
import { isGap, reduceChat } from "./reduceChat";
import { createSender } from "./sender";
import { currentSessionId, rememberSessionId } from "./sessionIds";
import { TokenError, type Tokens } from "./tokens";
import { isUnsent } from "./turns";

export interface ChatStore extends ChatState {
  isConnected: boolean;
  sessionId: string;
  socket: WebSocket | null;
  connection: Connection;
  /** The company page on screen; null on pages about none, where the session's own context holds. */
  pageTicker: string | null;
  /** The analysis on screen, when it is not the company's newest. */
  pageAnalysis: number | null;
  /** The figure that is looked at on it, by the analysis's key. */
  pageFocus: string | null;
  /** The turn this tab asked last, since the conversation was opened: the log brings it to the top. */
  lastAsked: string | null;
  /** The page's company exists. Until that is known questions name it, but the session's page stays. */
  isPageKnown: boolean;
  /** The browser keeps questions that are on their way; else they are lost with the page. */
  isStorageOpen: boolean;
  /** Opens the user's conversation, or reopens it after a sign-in. */
  connectWebSocket: () => void;
  disconnect: () => void;
  /** Asks about the page's company, or about the one that is given; null is none. Of the page's own company the analysis
   * on screen is meant, unless `analysisId` says otherwise (null: the newest). */
  sendMessage: (content: string, about?: string | null, analysisId?: number | null) => void;
  /** Sends a refused question again, or asks a failed one anew. */
  retry: (turnId: string) => void;
  /** Stops one turn, or the running one. */
  stop: (turnId?: string) => void;
  viewCompany: (
    ticker: string | null,
    isKnown?: boolean,
    analysisId?: number | null,
    focus?: string | null,
  ) => void;
  startConversation: () => void;
  openConversation: (sessionId: string) => void;
  loadEarlier: () => Promise<void>;
}

export interface ChatStoreOptions {
  gateway: string;
  tokens: Tokens;
  storageKey: string;
  api: GatewayApi;
  page: Required<ChatContext>;
  onAnalysesChanged: (changed: AnalysesChanged) => void;
}

/** The state of one chat, and the socket behind it. */
export function createChatStore(options: ChatStoreOptions): StoreApi<ChatStore> {
  return createStore<ChatStore>()((set, get) => chatState(options, set, get));
}

function chatState(
  { gateway, tokens, storageKey, api, page, onAnalysesChanged }: ChatStoreOptions,
  set: StoreApi<ChatStore>["setState"],
  get: StoreApi<ChatStore>["getState"],
): ChatStore {
  let chat: ChatSocket | null = null;
  /** The older analysis that this connection was told of. */
  let toldAnalysis: number | null = null;
  /** The company it was told of and has not confirmed: pages can follow each other faster than answers. */
  let toldTicker: string | null = null;
  const sender = createSender({
    messages: () => get().messages,
    replace: (old, by) =>
      set({ messages: get().messages.map((message) => (message === old ? by : message)) }),
    send: (frame) => chat?.send(frame),
  });
  const batcher = batchFrames(applyFrames);

  function applyFrames(frames: ServerFrame[]): void {
    const now = Date.now();
    let state: ChatState = get();
    for (const frame of frames) {
      if (isGap(state, frame)) {
        set(state);
        chat?.reconnect();
        return;
      }
      state = reduceChat(state, frame, now);
    }
    set(state);
    for (const frame of frames) follow(frame);
  }

  /** What a frame asks the client to do, beside what it shows. */
  function follow(frame: ServerFrame): void {
    switch (frame.type) {
      case "ready":
        toldAnalysis = null;
        toldTicker = null;
        sendContext();
        sender.sendKept();
        return;
      case "snapshot":
        sender.settle([...frame.messages, ...frame.queued].map((told) => told.turn_id));
        return;
      case "ack":
      case "user_echo":
      case "ai_complete":
      case "ai_error":
        sender.settle([frame.turn_id]);
        return;
      case "error":
        if (frame.turn_id && !frame.retryable) sender.settle([frame.turn_id]);
        else sender.scheduleResend();
        return;
      case "auth_expiring":
        void refreshToken();
        return;
      case "context":
        if (frame.ticker === toldTicker) toldTicker = null;
        return;
      case "analyses_changed":
        onAnalysesChanged(frame);
        return;
    }
  }

  async function refreshToken(): Promise<void> {
    try {
      const token = await tokens.get({ fresh: true });
      if (token !== null) chat?.send({ type: "auth_refresh", token });
    } catch (error) {
      // The old token holds until it ends; then the gateway closes the socket, and it is asked again.
      reportError(error instanceof TokenError ? (error.cause ?? error) : error);
    }
  }

  function sendContext(): void {
    const { pageTicker, pageAnalysis, isPageKnown, context } = get();
    if (!isPageKnown || pageTicker === null) return;
    if (
      pageTicker === (toldTicker ?? context?.ticker) &&
      (pageAnalysis === toldAnalysis || pageAnalysis === context?.analysis_id)
    )
      return;
    toldAnalysis = pageAnalysis;
    toldTicker = pageTicker;
    const frame = { type: "set_context", ticker: pageTicker } as const;
    chat?.send(pageAnalysis === null ? frame : { ...frame, analysis_id: pageAnalysis });
  }

  function openSession(sessionId: string): void {
    chat?.close();
    batcher.clear();
    set({
      ...emptyChat,
      messages: sender.open(sessionId),
      sessionId,
      lastAsked: null,
      socket: null,
      isConnected: false,
      connection: idle,
    });
    chat = openChatSocket({
      url: socketUrl(gateway, `ws/chat/${sessionId}`),
      findTrouble: (signal) => findTrouble(gateway, signal),
      getToken: (fresh) => tokens.get({ fresh }),
      resume: () => {
        const { epoch, seq, isLoaded } = get();
        return epoch !== null && isLoaded ? { epoch, seq } : null;
      },
      onFrame: batcher.push,
      onConnection: (connection, socket) => {
        set({ connection, socket, isConnected: connection.phase === "live" });
      },
    });
  }

  return {
    ...emptyChat,
    isConnected: false,
    sessionId: "",
    socket: null,
    connection: idle,
    ...shown(page),
    lastAsked: null,
    isStorageOpen: true,

    connectWebSocket() {
      const sessionId = currentSessionId(storageKey);
      if (chat && sessionId === get().sessionId) chat.reconnect();
      else openSession(sessionId);
    },

    disconnect() {
      chat?.close();
      chat = null;
      batcher.clear();
      sender.stop();
      tokens.stop();
    },

    sendMessage(content, about, analysisId) {
      const text = content.trim();
      if (text === "") return;
      const { pageTicker, pageAnalysis, context, messages } = get();
      const ticker = about === undefined ? (pageTicker ?? context?.ticker ?? null) : about;
      const question: UserChatMessage = {
        ...newQuestion(randomId(), text, ticker, Date.now()),
        analysisId: analysisId === undefined && ticker === pageTicker ? pageAnalysis : (analysisId ?? null),
      };
      set({ messages: [...messages, question], lastAsked: question.turnId });
      sender.post(question);
      set({ isStorageOpen: sender.isStored() });
    },

    retry(turnId) {
      const question = get().messages.find(
        (message): message is UserChatMessage => message.role === "user" && message.turnId === turnId,
      );
      if (!question) return;
      if (isUnsent(question)) sender.resend(question);
      else get().sendMessage(question.content, question.contextTicker);
    },

    stop(turnId) {
      chat?.send(turnId === undefined ? { type: "cancel" } : { type: "cancel", turn_id: turnId });
    },

    viewCompany(ticker, isKnown = true, analysisId = null, focus = null) {
      set(shown({ ticker, isKnown, analysisId, focus }));
      sendContext();
    },

    startConversation() {
      get().openConversation(randomId());
    },

    openConversation(sessionId) {
      if (!isUuid(sessionId)) throw new TypeError(`a conversation's id is a UUID: ${sessionId}`);
      if (chat && sessionId === get().sessionId) return;
      rememberSessionId(storageKey, sessionId);
      openSession(sessionId);
    },

    async loadEarlier() {
      const { sessionId, messages } = get();
      const oldest = messages.find((message) => message.messageId !== null)?.messageId;
      if (oldest == null) return;
      const page = await api.fetchMessages(sessionId, oldest);
      if (get().sessionId === sessionId) set(prependStored(get(), page.messages, page.has_more));
    },
  };
}

function shown({ ticker, analysisId, focus, isKnown }: Required<ChatContext>) {
  return { pageTicker: ticker, pageAnalysis: analysisId, pageFocus: focus, isPageKnown: isKnown };
}
