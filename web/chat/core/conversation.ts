import type { AssistantChatMessage, ChatMessage, UserChatMessage } from "./chatState";
import { isUnsent } from "./turns";

/** What the log shows, derived from the messages. */
export type LogItem =
  | { kind: "divider"; id: string; ticker: string; asOf: string | null }
  | { kind: "question"; id: string; question: UserChatMessage; position: number | null }
  | { kind: "answer"; id: string; answer: AssistantChatMessage; question: UserChatMessage | null }
  /** The question is taken, and no attempt at an answer has begun. */
  | { kind: "waiting"; id: string; ticker: string | null };

/** The conversation with its dividers: one wherever the company changes, and one below when the page has moved on.
 * A failed question that was asked again right after is shown once. */
export function logItems(messages: readonly ChatMessage[], viewed: string | null): LogItem[] {
  const items: LogItem[] = [];
  const shown = withoutRetried(messages);
  const unfinished = unfinishedTurns(shown);
  const answers = new Map<string, AssistantChatMessage>();
  const questions = new Map<string, UserChatMessage>();
  for (const message of shown) {
    if (message.role === "assistant") answers.set(message.turnId, message);
    else questions.set(message.turnId, message);
  }

  let ticker: string | null = null;
  let isFirst = true;
  for (const message of shown) {
    if (message.role === "assistant") {
      const question = questions.get(message.turnId) ?? null;
      items.push({ kind: "answer", id: message.id, answer: message, question });
      continue;
    }
    if (!isFirst && message.contextTicker !== null && message.contextTicker !== ticker) {
      const asOf = answers.get(message.turnId)?.context?.as_of ?? null;
      items.push({ kind: "divider", id: `${message.id}:divider`, ticker: message.contextTicker, asOf });
    }
    isFirst = false;
    ticker = message.contextTicker ?? ticker;
    const position = unfinished.indexOf(message.turnId);
    items.push({
      kind: "question",
      id: message.id,
      question: message,
      position: position > 0 ? position : null,
    });
    if (position === 0 && message.status === "accepted" && !answers.has(message.turnId)) {
      items.push({ kind: "waiting", id: `${message.turnId}:waiting`, ticker: message.contextTicker });
    }
  }
  if (!isFirst && viewed !== null && viewed !== ticker) {
    items.push({ kind: "divider", id: `viewing:${viewed}`, ticker: viewed, asOf: null });
  }
  return items;
}

/** The items in groups: a question, with what divides it from the one before and all that follows from it. */
export function grouped(items: readonly LogItem[]): LogItem[][] {
  const groups: LogItem[][] = [];
  let isDivided = false;
  for (const item of items) {
    const begins = item.kind === "divider" || (item.kind === "question" && !isDivided);
    isDivided = item.kind === "divider";
    if (begins || groups.length === 0) groups.push([item]);
    else groups.at(-1)?.push(item);
  }
  return groups;
}

/** Turns that were taken and have not ended, in the order they are answered. */
export function unfinishedTurns(messages: readonly ChatMessage[]): string[] {
  return messages
    .filter((message) => message.role === "user" && message.status === "accepted")
    .map((message) => message.turnId);
}

function withoutRetried(messages: readonly ChatMessage[]): ChatMessage[] {
  const questions = messages.filter((message): message is UserChatMessage => message.role === "user");
  const retried = new Set(
    questions
      .filter((question, index) => {
        const next = questions[index + 1];
        return question.status === "failed" && next?.content === question.content && !isUnsent(question);
      })
      .map((question) => question.id),
  );
  return messages.filter((message) => !retried.has(message.id));
}

/** The newest question, for recall. */
export function lastQuestion(messages: readonly ChatMessage[]): string | null {
  return messages.findLast((message) => message.role === "user")?.content ?? null;
}
