import type { Message, Snapshot } from "../protocol/frames.gen";
import {
  type AssistantChatMessage,
  assistantId,
  type ChatMessage,
  type ChatState,
  newAnswer,
  newQuestion,
  type UserChatMessage,
  userId,
} from "./chatState";

/** The server's view replaces the client's; only questions it has not heard of yet are kept. */
export function fromSnapshot(state: ChatState, snapshot: Snapshot): ChatState {
  const active = snapshot.active;
  const waiting = new Set(snapshot.queued.map((turn) => turn.turn_id));
  if (active) waiting.add(active.turn_id);

  const messages = fromStored(snapshot.messages, waiting);
  if (active && !messages.some((message) => message.id === assistantId(active.turn_id))) {
    const answer: AssistantChatMessage = {
      ...newAnswer(active.turn_id, active.attempt),
      content: active.text,
      figures: active.figures ?? [],
      lookups: active.lookups ?? [],
      status: active.text === "" ? "thinking" : "streaming",
      restarted: active.text === "" && active.attempt > 1,
    };
    const asked = messages.findLastIndex((message) => message.turnId === active.turn_id);
    messages.splice(asked === -1 ? messages.length : asked + 1, 0, answer);
  }
  for (const turn of snapshot.queued) {
    if (messages.some((message) => message.id === userId(turn.turn_id))) continue;
    messages.push({ ...newQuestion(turn.turn_id, turn.content, null, null), status: "accepted" });
  }
  const told = new Set(messages.map((message) => message.id));
  const unsent = state.messages.filter(
    (message) =>
      message.role === "user" &&
      (message.status === "sending" || message.status === "refused") &&
      !told.has(message.id),
  );
  return {
    ...state,
    seq: snapshot.seq,
    messages: [...messages, ...unsent],
    hasMore: snapshot.has_more,
    isLoaded: true,
  };
}

/** Older messages, fetched over HTTP, above those that are here. */
export function prependStored(state: ChatState, stored: Message[], hasMore: boolean): ChatState {
  const here = new Set(state.messages.map((message) => message.id));
  const answered = new Set(
    state.messages.filter((message) => message.role === "assistant").map((message) => message.turnId),
  );
  const older = fromStored(stored, answered).filter((message) => !here.has(message.id));
  return { ...state, messages: [...older, ...state.messages], hasMore };
}

/** Stored rows as messages. A question without an answer has failed, unless its turn is among `waiting`. */
function fromStored(stored: Message[], waiting: ReadonlySet<string>): ChatMessage[] {
  const answered = new Set(stored.filter((row) => row.role === "assistant").map((row) => row.turn_id));
  return stored.map((row) => {
    if (row.role === "assistant") return fromAnswerRow(row);
    const status = answered.has(row.turn_id) ? "answered" : waiting.has(row.turn_id) ? "accepted" : "failed";
    const question: UserChatMessage = {
      ...newQuestion(row.turn_id, row.content, row.context_ticker, Date.parse(row.created_at)),
      messageId: row.id,
      status,
    };
    return question;
  });
}

function fromAnswerRow(row: Message): AssistantChatMessage {
  return {
    ...newAnswer(row.turn_id, 1),
    messageId: row.id,
    content: row.content,
    figures: row.figures ?? [],
    lookups: row.lookups ?? [],
    createdAt: Date.parse(row.created_at),
    status: "complete",
    finishReason: row.finish_reason,
    usage: row.usage,
    model: row.model,
    context:
      row.context_ticker !== null && row.analysis_id !== null && row.as_of !== null
        ? { ticker: row.context_ticker, analysis_id: row.analysis_id, as_of: row.as_of }
        : null,
  };
}
