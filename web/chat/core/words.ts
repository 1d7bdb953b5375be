import type { ChatError } from "./chatState";
import type { Connection, Phase, Trouble } from "./connection";
import type { Labels } from "./labels";
import type { Say } from "./say";

/** Which of the labels is said when. */

const TROUBLE: Readonly<Record<Trouble, keyof Labels>> = {
  bad_address: "badAddress",
  unreachable: "unreachable",
  not_a_gateway: "notAGateway",
  origin_refused: "originRefused",
  token_failed: "tokenFailed",
  token_late: "tokenLate",
  token_unfit: "tokenUnfit",
};

const PHASE: Readonly<Record<Phase, keyof Labels>> = {
  idle: "connecting",
  connecting: "connecting",
  live: "live",
  reconnecting: "reconnecting",
  closed: "closed",
  offline: "offline",
  signed_out: "signedOut",
  too_many: "tooMany",
  stopped: "notUnderstood",
};

export function connectionWords(
  say: Say,
  { phase, closeCode, retryAt, trouble }: Connection,
  now: number,
): string {
  if (trouble) return say(TROUBLE[trouble]);
  if (phase === "stopped" && closeCode === 4403) return say("notOpen");
  return say(PHASE[phase], { when: inSeconds(say, retryAt, now) });
}

/** A question is at `position` among the unfinished: 0 is being answered. */
export function queueWords(say: Say, position: number): string {
  return say("queued", { place: say.ordinal(position + 1) });
}

export function thinkingWords(say: Say, ticker: string | null, asOf: string | null): string {
  if (ticker === null) return say("thinking");
  return asOf === null ? say("reading", { ticker }) : say("readingOf", { ticker, date: say.date(asOf) });
}

/** What became of a question that has no answer. `retry` names the button, or null when trying again cannot help. */
export function failureWords(
  say: Say,
  error: ChatError | null,
  now: number,
): { words: string; retry: string | null } {
  const when = inSeconds(say, error?.retryAt ?? null, now);
  const isTimed = error != null && error.retryAt !== null && error.retryAt > now;
  switch (error?.code) {
    case "rate_limited":
      return isTimed
        ? { words: say("rateLimitedUntil", { when }), retry: null }
        : { words: say("rateLimited"), retry: say("retry") };
    case "quota":
      return { words: say("quota"), retry: say("retryLater") };
    case "busy":
      return { words: say("busy"), retry: say("retry") };
    case "overloaded":
    case "unavailable":
      return isTimed
        ? { words: say("overloadedUntil", { when }), retry: null }
        : { words: say("overloaded"), retry: say("retry") };
    case "unknown_ticker":
      return { words: say("unknownCompany"), retry: null };
    case "invalid":
      return { words: say("invalid"), retry: null };
    default:
      return { words: say("noAnswer"), retry: say("retry") };
  }
}

function inSeconds(say: Say, at: number | null, now: number): string {
  return at === null ? say("soon") : say("inSeconds", { seconds: Math.max(1, Math.ceil((at - now) / 1000)) });
}

/** Who answers, beside the state of the connection. "Offline" is what a connection is; the program that answers
 * without a language model is called by what it does. */
export function modelWords(say: Say, model: string): string {
  return isOfflineModel(model) ? say("quoteMode") : model;
}

/** What answers are and are not; it stands once, below the box. */
export function disclaimerWords(say: Say, model: string | null): string {
  return say(isOfflineModel(model) ? "quoteDisclaimer" : "disclaimer");
}

export function isOfflineModel(model: string | null): boolean {
  return model !== null && /offline/i.test(model);
}
