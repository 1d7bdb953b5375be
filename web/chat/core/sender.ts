import type { ClientFrame } from "../protocol/decodeFrame";
import { type ChatMessage, newQuestion, type UserChatMessage } from "./chatState";
import { type Outbox, type OutboxEntry, openOutbox } from "./outbox";

/** A refusal is taken back a little after its time, not in the moment of it. */
const AFTER_MS = 50;

/** Where the questions stand, and the socket they go to. */
interface Line {
  messages: () => readonly ChatMessage[];
  replace: (old: UserChatMessage, by: UserChatMessage) => void;
  /** Does nothing while there is no connection: what is kept goes out when there is one. */
  send: (frame: ClientFrame) => void;
}

/** Questions on their way out: kept until the gateway has acknowledged them, sent again when it can take them. */
export interface Sender {
  /** Turns to a conversation; returns the questions of it that were kept. */
  open: (sessionId: string) => UserChatMessage[];
  post: (question: UserChatMessage) => void;
  resend: (question: UserChatMessage) => void;
  /** Sends all that is kept and was not refused: the connection is new. */
  sendKept: () => void;
  /** The browser keeps what waits; else it is lost with the page. */
  isStored: () => boolean;
  /** The gateway has these turns. */
  settle: (turnIds: readonly string[]) => void;
  /** A refusal with a time on it is taken back at that time, without being asked. */
  scheduleResend: () => void;
  stop: () => void;
}

export function createSender({ messages, replace, send }: Line): Sender {
  let outbox: Outbox = openOutbox("");
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refused = () => messages().filter(isRefused);

  function transmit({ turnId, content, contextTicker, analysisId }: OutboxEntry): void {
    send({
      type: "user_message",
      content,
      turn_id: turnId,
      context_ticker: contextTicker,
      ...(analysisId != null && { analysis_id: analysisId }),
    });
  }

  function post(question: UserChatMessage): void {
    const entry: OutboxEntry = {
      turnId: question.turnId,
      content: question.content,
      contextTicker: question.contextTicker,
      analysisId: question.analysisId,
      createdAt: question.createdAt ?? Date.now(),
    };
    outbox.add(entry);
    transmit(entry);
  }

  function resend(question: UserChatMessage): void {
    replace(question, { ...question, status: "sending", error: null });
    post(question);
  }

  function resendDue(): void {
    const now = Date.now();
    for (const question of refused()) {
      if (question.error?.retryAt != null && question.error.retryAt <= now) resend(question);
    }
    scheduleResend();
  }

  function scheduleResend(): void {
    clearTimeout(timer);
    const due = refused().flatMap(({ error }) => error?.retryAt ?? []);
    if (due.length === 0) return;
    timer = setTimeout(resendDue, Math.max(0, Math.min(...due) - Date.now()) + AFTER_MS);
  }

  return {
    open(sessionId) {
      clearTimeout(timer);
      outbox = openOutbox(sessionId);
      return outbox.entries().map((entry) => ({
        ...newQuestion(entry.turnId, entry.content, entry.contextTicker, entry.createdAt),
        analysisId: entry.analysisId ?? null,
      }));
    },
    post,
    resend,
    sendKept() {
      const waiting = new Set(refused().map(({ turnId }) => turnId));
      for (const entry of outbox.entries()) if (!waiting.has(entry.turnId)) transmit(entry);
    },
    isStored: () => outbox.isStored(),
    settle: (turnIds) => outbox.remove(new Set(turnIds)),
    scheduleResend,
    stop: () => clearTimeout(timer),
  };
}

function isRefused(message: ChatMessage): message is UserChatMessage {
  return message.role === "user" && message.status === "refused";
}
