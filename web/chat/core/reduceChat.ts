import { isSessionEvent, type ServerFrame, type SessionEvent } from "../protocol/decodeFrame";
import type {
  AiChunk,
  AiComplete,
  AiError,
  AiLookup,
  Error as ErrorFrame,
  Ready,
} from "../protocol/frames.gen";
import { type AssistantChatMessage, type ChatError, type ChatState, newQuestion } from "./chatState";
import { fromSnapshot } from "./fromSnapshot";
import { acceptQuestion, findAnswer, updateAnswer, updateQuestion } from "./turns";

/** state × frame → state. Pure; `now` is the frame's arrival in milliseconds since the epoch.
 *
 * Every event is applied once: one whose number was seen changes nothing, except the ending of a turn that has
 * not ended here, which the gateway repeats when a question is sent again. */
export function reduceChat(state: ChatState, frame: ServerFrame, now: number): ChatState {
  if (isSessionEvent(frame)) {
    if (frame.seq <= state.seq) return isEnding(frame) ? applyEvent(state, frame, now) : state;
    return { ...applyEvent(state, frame, now), seq: frame.seq };
  }
  switch (frame.type) {
    case "ready":
      return open(state, frame);
    case "snapshot":
      return fromSnapshot(state, frame);
    case "ack":
      return updateQuestion(state, frame.turn_id, (question) =>
        question.status === "sending" || question.status === "refused"
          ? { ...question, status: "accepted", error: null }
          : question,
      );
    case "error":
      return refuse(state, frame, now);
    case "auth_expiring":
    case "authenticated":
      return { ...state, expiresAt: frame.expires_at };
    case "analyses_changed":
    case "pong":
      return state;
  }
}

/** Whether an event was missed before this one: the only cure is to resume. */
export function isGap(state: ChatState, frame: ServerFrame): boolean {
  return isSessionEvent(frame) && state.isLoaded && frame.seq > state.seq + 1;
}

function isEnding(event: SessionEvent): event is AiComplete | AiError {
  return event.type === "ai_complete" || event.type === "ai_error";
}

function open(state: ChatState, ready: Ready): ChatState {
  return {
    ...state,
    epoch: ready.epoch,
    // Until the snapshot says where the conversation stands, nothing that was seen counts.
    seq: ready.recovered ? state.seq : 0,
    isLoaded: ready.recovered,
    context: ready.context,
    model: ready.model,
    limits: ready.limits,
    expiresAt: ready.expires_at,
    notice: null,
  };
}

function applyEvent(state: ChatState, event: SessionEvent, now: number): ChatState {
  switch (event.type) {
    case "context":
      return {
        ...state,
        context:
          event.ticker === null
            ? null
            : { ticker: event.ticker, analysis_id: event.analysis_id, as_of: event.as_of },
      };
    case "user_echo":
      return acceptQuestion(state, {
        ...newQuestion(event.turn_id, event.content, event.context_ticker, now),
        status: "accepted",
      });
    case "ai_start":
      return updateAnswer(state, event.turn_id, event.attempt, (answer) => ({
        ...answer,
        ...begin(answer, event.attempt),
        context: event.context,
        model: event.model,
      }));
    case "ai_reset":
      return updateAnswer(state, event.turn_id, event.attempt, (answer) => ({
        ...answer,
        ...begin(answer, event.attempt),
        restarted: true,
      }));
    case "ai_chunk":
      return updateAnswer(state, event.turn_id, event.attempt, (answer) => ({
        ...answer,
        attempt: event.attempt,
        status: "streaming",
        restarted: false,
        ...grown(answer, event),
      }));
    case "ai_lookup":
      return updateAnswer(state, event.turn_id, event.attempt, (answer) => lookedUp(answer, event));
    case "ai_complete":
      return complete(state, event, now);
    case "ai_error":
      return fail(state, event, now);
    case "unknown":
      return state;
  }
}

function begin(answer: AssistantChatMessage, attempt: number): Partial<AssistantChatMessage> {
  const restarted = answer.restarted || attempt > 1;
  return { attempt, content: "", figures: [], lookups: [], status: "thinking", restarted };
}

/** The text with one more piece, and the figures of the sentences that it ends; of a new attempt, the piece alone. */
function grown(answer: AssistantChatMessage, event: AiChunk): Partial<AssistantChatMessage> {
  const figures = event.figures ?? [];
  if (answer.attempt !== event.attempt) return { content: event.content, figures, lookups: [] };
  const content = answer.content + event.content;
  return figures.length === 0 ? { content } : { content, figures: [...answer.figures, ...figures] };
}

/** A look-up that begins, or the newer state of one that began. */
function lookedUp(answer: AssistantChatMessage, event: AiLookup): AssistantChatMessage {
  const { type: _type, turn_id: _turn, attempt, seq: _seq, ...lookup } = event;
  const isNewAttempt = answer.attempt !== attempt;
  const others = isNewAttempt ? [] : answer.lookups.filter(({ n }) => n !== lookup.n);
  const lookups = [...others, lookup].sort((a, b) => a.n - b.n);
  return isNewAttempt ? { ...answer, ...begin(answer, attempt), lookups } : { ...answer, lookups };
}

function complete(state: ChatState, event: AiComplete, now: number): ChatState {
  const answered = updateQuestion(state, event.turn_id, (question) => ({
    ...question,
    status: "answered",
    error: null,
  }));
  return updateAnswer(answered, event.turn_id, Number.POSITIVE_INFINITY, (answer) => ({
    ...answer,
    messageId: event.message_id,
    content: event.full_message,
    status: "complete",
    restarted: false,
    finishReason: event.finish_reason,
    usage: event.usage,
    figures: event.figures ?? [],
    lookups: event.lookups ?? [],
    context: event.context,
    model: event.model,
    createdAt: answer.createdAt ?? now,
  }));
}

function fail(state: ChatState, event: AiError, now: number): ChatState {
  if (findAnswer(state.messages, event.turn_id)?.status === "complete") return state;
  const messages = state.messages.filter(
    (message) => message.role === "user" || message.turnId !== event.turn_id,
  );
  return updateQuestion({ ...state, messages }, event.turn_id, (question) => ({
    ...question,
    status: "failed",
    error: chatError(event, now),
  }));
}

function refuse(state: ChatState, frame: ErrorFrame, now: number): ChatState {
  const error = chatError(frame, now);
  const turnId = frame.turn_id;
  if (!turnId || !state.messages.some((message) => message.role === "user" && message.turnId === turnId)) {
    return { ...state, notice: error };
  }
  return updateQuestion(state, turnId, (question) =>
    question.status === "sending" ? { ...question, status: "refused", error } : question,
  );
}

function chatError(frame: ErrorFrame | AiError, now: number): ChatError {
  return {
    code: frame.code,
    message: frame.message,
    retryable: frame.retryable,
    retryAt: frame.retry_after_ms == null ? null : now + frame.retry_after_ms,
  };
}
