import { ordinal, shortDate } from "@shared/lib/format";
import type { ChatError } from "./chatState";
import type { Connection, Trouble } from "./connection";

/** Every sentence the chat says about itself, in one place. */

/** What is wrong, and where whoever runs the page finds the reason. */
const TROUBLE: Readonly<Record<Trouble, string>> = {
  bad_address: "This page names no address of the chat's server.",
  unreachable: "The chat's server cannot be reached. Trying again; your messages are kept.",
  not_a_gateway: "There is no chat at the address that this page names.",
  origin_refused: "The chat's server does not serve this page.",
  token_failed: "This page could not sign you in. Trying again; your messages are kept.",
  token_late: "This page does not say who you are. Trying again; your messages are kept.",
  token_unfit: "This page could not sign you in.",
};

export function connectionWords({ phase, closeCode, retryAt, trouble }: Connection, now: number): string {
  if (trouble) return TROUBLE[trouble];
  switch (phase) {
    case "idle":
    case "connecting":
      return "Connecting…";
    case "live":
      return "Live";
    case "reconnecting":
      return "Connection lost. Reconnecting; your messages are kept.";
    case "closed":
      return "The chat is closed.";
    case "offline":
      return "You are offline. Messages go out when you are back.";
    case "signed_out":
      return "Your session ended.";
    case "too_many":
      return `Too many connections or questions at once. Trying again ${inSeconds(retryAt, now)}.`;
    case "stopped":
      return closeCode === 4403
        ? "This conversation is not open to you."
        : "The server and this page do not understand each other. Reload the page.";
  }
}

/** A question is at `position` among the unfinished: 0 is being answered. */
export function queueWords(position: number): string {
  return `Queued, ${ordinal(position + 1)} in line`;
}

export function thinkingWords(ticker: string | null, asOf: string | null): string {
  if (ticker === null) return "Thinking…";
  return asOf === null ? `Reading ${ticker}…` : `Reading ${ticker}, ${shortDate(asOf)}…`;
}

export function newerWords(asOf: string): string {
  return `Newer analysis of ${shortDate(asOf)}`;
}

export function changedQuestion(since: string): string {
  return `What changed since ${shortDate(since)}?`;
}

/** What became of a question that has no answer. `retry` names the button, or null when trying again cannot help. */
export function failureWords(error: ChatError | null, now: number): { words: string; retry: string | null } {
  switch (error?.code) {
    case "rate_limited":
      return error.retryAt !== null && error.retryAt > now
        ? { words: `Too many questions. Next ${inSeconds(error.retryAt, now)}.`, retry: null }
        : { words: "Too many questions.", retry: "Retry" };
    case "quota":
      return { words: "The model's quota is used up.", retry: "Retry later" };
    case "busy":
      return { words: "Eight questions are waiting already. Yours is kept.", retry: "Retry" };
    case "overloaded":
    case "unavailable":
      return error.retryAt !== null && error.retryAt > now
        ? {
            words: `The service is busy. Your question is kept; next try ${inSeconds(error.retryAt, now)}.`,
            retry: null,
          }
        : { words: "The service is busy. Your question is kept.", retry: "Retry" };
    case "unknown_ticker":
      return { words: "There is no such company here.", retry: null };
    case "invalid":
      return { words: "This question cannot be sent as it is.", retry: null };
    default:
      return { words: "No answer came. Your question is kept.", retry: "Retry" };
  }
}

function inSeconds(at: number | null, now: number): string {
  return at === null ? "soon" : `in ${Math.max(1, Math.ceil((at - now) / 1000))} s`;
}

/** Who answers, beside the state of the connection. "Offline" is what a connection is; the program that answers
 * without a language model is called by what it does. */
export function modelWords(model: string): string {
  return isOfflineModel(model) ? "quote mode" : model;
}

/** What answers are and are not; it stands once, below the box. */
export function disclaimerWords(model: string | null): string {
  return isOfflineModel(model)
    ? "Quote mode: answers are put together from the analyses, without a language model. Not investment advice."
    : "Answers can be wrong. Not investment advice.";
}

export function isOfflineModel(model: string | null): boolean {
  return model !== null && /offline/i.test(model);
}
