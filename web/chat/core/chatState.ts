import type {
  AiComplete,
  AiError,
  AnalysisRef,
  Figure,
  Limits,
  Lookup,
  PageContext,
  Usage,
} from "../protocol/frames.gen";

export type ErrorCode = AiError["code"];
export type FinishReason = AiComplete["finish_reason"];

/** `accepted` covers a question that waits and one that is being answered; its place in line is derived. */
export type QuestionStatus = "sending" | "accepted" | "answered" | "failed" | "refused";

export interface ChatError {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  /** When to try again, in milliseconds since the epoch. */
  retryAt: number | null;
}

export interface UserChatMessage {
  role: "user";
  id: string;
  turnId: string;
  messageId: number | null;
  content: string;
  contextTicker: string | null;
  /** Asked about an analysis other than the company's newest. */
  analysisId: number | null;
  createdAt: number | null;
  status: QuestionStatus;
  error: ChatError | null;
}

export interface AssistantChatMessage {
  role: "assistant";
  id: string;
  turnId: string;
  messageId: number | null;
  content: string;
  createdAt: number | null;
  status: "thinking" | "streaming" | "complete";
  attempt: number;
  /** An earlier attempt was lost; said until the new one has text. */
  restarted: boolean;
  context: AnalysisRef | null;
  model: string | null;
  finishReason: FinishReason | null;
  usage: Usage | null;
  /** What was found out about the figures of `content`; `start` and `end` count in it. */
  figures: readonly Figure[];
  /** What was looked up for it, by number. */
  lookups: readonly Lookup[];
}

export type ChatMessage = UserChatMessage | AssistantChatMessage;

export interface ChatState {
  /** Where the conversation stands: events up to `seq` of `epoch` are in `messages`. */
  epoch: string | null;
  seq: number;
  messages: ChatMessage[];
  /** Older messages can be fetched. */
  hasMore: boolean;
  /** A `ready` or `snapshot` was seen: an empty list is an empty conversation, not an unknown one. */
  isLoaded: boolean;
  /** The page the session is on. */
  context: PageContext | null;
  model: string | null;
  limits: Limits | null;
  expiresAt: number | null;
  /** A refusal that belongs to no question. */
  notice: ChatError | null;
}

export const emptyChat: ChatState = {
  epoch: null,
  seq: 0,
  messages: [],
  hasMore: false,
  isLoaded: false,
  context: null,
  model: null,
  limits: null,
  expiresAt: null,
  notice: null,
};

export const userId = (turnId: string): string => `${turnId}:user`;
export const assistantId = (turnId: string): string => `${turnId}:assistant`;

export function newQuestion(
  turnId: string,
  content: string,
  contextTicker: string | null,
  createdAt: number | null,
): UserChatMessage {
  return {
    role: "user",
    id: userId(turnId),
    turnId,
    messageId: null,
    content,
    contextTicker,
    analysisId: null,
    createdAt,
    status: "sending",
    error: null,
  };
}

export function newAnswer(turnId: string, attempt: number): AssistantChatMessage {
  return {
    role: "assistant",
    id: assistantId(turnId),
    turnId,
    messageId: null,
    content: "",
    createdAt: null,
    status: "thinking",
    attempt,
    restarted: attempt > 1,
    context: null,
    model: null,
    finishReason: null,
    usage: null,
    figures: [],
    lookups: [],
  };
}
