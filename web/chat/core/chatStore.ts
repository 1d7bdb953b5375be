import { randomId } from "@shared/lib/randomId";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ServerFrame } from "../protocol/decodeFrame";
import { type ChatSocket, type Connection, openChatSocket } from "./chatSocket";
import { type ChatState, emptyChat, newQuestion, type UserChatMessage } from "./chatState";
import { batchFrames } from "./frameBatcher";
import { prependStored } from "./fromSnapshot";
import type { GatewayApi, GetToken } from "./gatewayApi";
import { type Outbox, type OutboxEntry, openOutbox } from "./outbox";
import { isGap, isUnsent, reduceChat } from "./reduceChat";
import { currentSessionId, rememberSessionId } from "./sessionIds";

export interface ChatStore extends ChatState {
  isConnected: boolean;
  sessionId: string;
  socket: WebSocket | null;
  connection: Connection;
  /** The company page on screen; null on pages about none, where the session's own context holds. */
  pageTicker: string | null;
  /** The turn this tab asked last, since the conversation was opened: the log brings it to the top. */
  lastAsked: string | null;
  /** The page's company exists. Until that is known questions name it, but the session's page stays. */
  isPageKnown: boolean;
  /** Opens the user's conversation, or reopens it after a sign-in. */
  connectWebSocket: () => void;
  disconnect: () => void;
  /** Asks about the page's company, or about the one that is given; null is none. */
  sendMessage: (content: string, about?: string | null) => void;
  /** Sends a refused question again, or asks a failed one anew. */
  retry: (turnId: string) => void;
  /** Stops one turn, or the running one. */
  stop: (turnId?: string) => void;
  viewCompany: (ticker: string | null, isKnown?: boolean) => void;
  startConversation: () => void;
  openConversation: (sessionId: string) => void;
  loadEarlier: () => Promise<void>;
}

const idle: Connection = { phase: "idle", closeCode: null, retryAt: null };

export interface ChatStoreOptions {
  gateway: string;
  getToken: GetToken;
  storageKey: string;
  api: GatewayApi;
}

/** The state of one chat, and the socket behind it. */
export function createChatStore(options: ChatStoreOptions): StoreApi<ChatStore> {
  return createStore<ChatStore>()((set, get) => chatState(options, set, get));
}

function chatState(
  { gateway, getToken, storageKey, api }: ChatStoreOptions,
  set: StoreApi<ChatStore>["setState"],
  get: StoreApi<ChatStore>["getState"],
): ChatStore {
  let chat: ChatSocket | null = null;
  let outbox: Outbox = openOutbox("");
  let resendTimer: ReturnType<typeof setTimeout> | undefined;
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
        sendContext();
        sendOutbox();
        return;
      case "snapshot":
        settle([...frame.messages, ...frame.queued].map((told) => told.turn_id));
        return;
      case "ack":
      case "user_echo":
      case "ai_complete":
      case "ai_error":
        settle([frame.turn_id]);
        return;
      case "error":
        if (frame.turn_id && !frame.retryable) settle([frame.turn_id]);
        else scheduleResend();
        return;
      case "auth_expiring":
        void refreshToken();
        return;
    }
  }

  function settle(turnIds: string[]): void {
    outbox.remove(new Set(turnIds));
  }

  async function refreshToken(): Promise<void> {
    const token = await getToken({ fresh: true });
    if (token !== null) chat?.send({ type: "auth_refresh", token });
  }

  function sendContext(): void {
    const { pageTicker, isPageKnown, context } = get();
    if (isPageKnown && pageTicker !== null && pageTicker !== context?.ticker) {
      chat?.send({ type: "set_context", ticker: pageTicker });
    }
  }

  function sendOutbox(): void {
    const refused = new Set(
      get()
        .messages.filter((message) => message.role === "user" && message.status === "refused")
        .map((message) => message.turnId),
    );
    for (const entry of outbox.entries()) if (!refused.has(entry.turnId)) transmit(entry);
  }

  function transmit(entry: OutboxEntry): void {
    chat?.send({
      type: "user_message",
      content: entry.content,
      turn_id: entry.turnId,
      context_ticker: entry.contextTicker,
    });
  }

  /** A refusal with a time on it is taken back at that time, without being asked. */
  function scheduleResend(): void {
    clearTimeout(resendTimer);
    const due = get()
      .messages.filter((message): message is UserChatMessage => message.role === "user")
      .flatMap((question) => (question.status === "refused" && question.error?.retryAt) || []);
    if (due.length === 0) return;
    resendTimer = setTimeout(
      () => {
        const now = Date.now();
        for (const message of get().messages) {
          if (message.role !== "user" || message.status !== "refused") continue;
          if (message.error?.retryAt != null && message.error.retryAt <= now) resend(message);
        }
        scheduleResend();
      },
      Math.max(0, Math.min(...due) - Date.now()) + 50,
    );
  }

  function resend(question: UserChatMessage): void {
    const sending: UserChatMessage = { ...question, status: "sending", error: null };
    set({ messages: get().messages.map((message) => (message === question ? sending : message)) });
    const entry = asEntry(question);
    outbox.add(entry);
    transmit(entry);
  }

  function openSession(sessionId: string): void {
    chat?.close();
    batcher.clear();
    clearTimeout(resendTimer);
    outbox = openOutbox(sessionId);
    const unsent = outbox
      .entries()
      .map((entry) => newQuestion(entry.turnId, entry.content, entry.contextTicker, entry.createdAt));
    set({
      ...emptyChat,
      messages: unsent,
      sessionId,
      lastAsked: null,
      socket: null,
      isConnected: false,
      connection: idle,
    });
    chat = openChatSocket({
      url: socketUrl(gateway, sessionId),
      getToken: (fresh) => getToken({ fresh }),
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
    pageTicker: null,
    lastAsked: null,
    isPageKnown: false,

    connectWebSocket() {
      const sessionId = currentSessionId(storageKey);
      if (chat && sessionId === get().sessionId) chat.reconnect();
      else openSession(sessionId);
    },

    disconnect() {
      chat?.close();
      chat = null;
      batcher.clear();
      clearTimeout(resendTimer);
      set({ socket: null, isConnected: false, connection: idle });
    },

    sendMessage(content, about) {
      const text = content.trim();
      if (text === "") return;
      const { pageTicker, context, messages } = get();
      const ticker = about === undefined ? (pageTicker ?? context?.ticker ?? null) : about;
      const question = newQuestion(randomId(), text, ticker, Date.now());
      const entry = asEntry(question);
      outbox.add(entry);
      set({ messages: [...messages, question], lastAsked: question.turnId });
      transmit(entry);
    },

    retry(turnId) {
      const question = get().messages.find(
        (message): message is UserChatMessage => message.role === "user" && message.turnId === turnId,
      );
      if (!question) return;
      if (isUnsent(question)) resend(question);
      else get().sendMessage(question.content, question.contextTicker);
    },

    stop(turnId) {
      chat?.send(turnId === undefined ? { type: "cancel" } : { type: "cancel", turn_id: turnId });
    },

    viewCompany(ticker, isKnown = true) {
      set({ pageTicker: ticker, isPageKnown: isKnown });
      sendContext();
    },

    startConversation() {
      get().openConversation(randomId());
    },

    openConversation(sessionId) {
      if (sessionId === get().sessionId) return;
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

function asEntry(question: UserChatMessage): OutboxEntry {
  return {
    turnId: question.turnId,
    content: question.content,
    contextTicker: question.contextTicker,
    createdAt: question.createdAt ?? Date.now(),
  };
}

function socketUrl(gateway: string, sessionId: string): string {
  const url = new URL(`/ws/chat/${sessionId}`, gateway);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
