import {
  type AssistantChatMessage,
  type ChatMessage,
  type ChatState,
  newAnswer,
  type UserChatMessage,
} from "./chatState";

/** Changes of one turn's question or answer in the list of messages. Pure. */

/** Accepted questions keep the order of acceptance; those still on their way out stay below them. */
export function acceptQuestion(state: ChatState, accepted: UserChatMessage): ChatState {
  const known = state.messages.find((message) => message.id === accepted.id) as UserChatMessage | undefined;
  if (known && known.status !== "sending" && known.status !== "refused" && isInOrder(state.messages, known)) {
    return state;
  }
  const question = known
    ? { ...accepted, createdAt: known.createdAt ?? accepted.createdAt, messageId: known.messageId }
    : accepted;
  const others = state.messages.filter((message) => message.id !== question.id);
  const firstUnsent = others.findIndex(isUnsent);
  const at = firstUnsent === -1 ? others.length : firstUnsent;
  return { ...state, messages: others.toSpliced(at, 0, question) };
}

function isInOrder(messages: ChatMessage[], question: UserChatMessage): boolean {
  return (
    messages.indexOf(question) >=
    messages.findLastIndex((message) => message.role === "user" && !isUnsent(message))
  );
}

export function isUnsent(message: ChatMessage): boolean {
  return message.role === "user" && (message.status === "sending" || message.status === "refused");
}

export function findAnswer(messages: ChatMessage[], turnId: string): AssistantChatMessage | undefined {
  return messages.findLast(
    (message): message is AssistantChatMessage => message.role === "assistant" && message.turnId === turnId,
  );
}

export function updateQuestion(
  state: ChatState,
  turnId: string,
  change: (question: UserChatMessage) => UserChatMessage,
): ChatState {
  const at = state.messages.findLastIndex((message) => message.role === "user" && message.turnId === turnId);
  if (at === -1) return state;
  const question = state.messages[at] as UserChatMessage;
  const changed = change(question);
  return changed === question ? state : { ...state, messages: state.messages.with(at, changed) };
}

/** Changes the turn's answer, or begins one below its question. A frame of an attempt that was given up, or of a
 * turn that has ended, changes nothing. */
export function updateAnswer(
  state: ChatState,
  turnId: string,
  attempt: number,
  change: (answer: AssistantChatMessage) => AssistantChatMessage,
): ChatState {
  const messages = state.messages;
  const at = messages.findLastIndex((message) => message.role === "assistant" && message.turnId === turnId);
  if (at !== -1) {
    const answer = messages[at] as AssistantChatMessage;
    if (answer.status === "complete" || attempt < answer.attempt) return state;
    return { ...state, messages: messages.with(at, change(answer)) };
  }
  const answer = change(newAnswer(turnId, Number.isFinite(attempt) ? attempt : 1));
  const asked = messages.findLastIndex((message) => message.turnId === turnId);
  const place = asked === -1 ? messages.length : asked + 1;
  return { ...state, messages: messages.toSpliced(place, 0, answer) };
}
