// Made by `npm run gen` from gateway/ and shared/. Do not edit.
/** What a client does after each close code (contract §1). */
export const CLOSE_RULES = {
  "1003": "stop",
  "1007": "stop",
  "1009": "stop",
  "1012": "soon",
  "1013": "back_off",
  "4008": "reconnect",
  "4400": "stop",
  "4401": "refresh",
  "4403": "stop",
  "4408": "reconnect",
  "4429": "back_off",
  "4500": "reconnect"
} as const;

/** After any other code. */
export const CLOSE_RULE_OTHERWISE = "reconnect" as const;

/** Numbered, logged and replayable. */
export const SESSION_EVENTS = [
  "user_echo",
  "ai_start",
  "ai_chunk",
  "ai_lookup",
  "ai_reset",
  "ai_complete",
  "ai_error",
  "context"
] as const;

/** What the gateway says to one socket alone. */
export const SOCKET_FRAMES = [
  "ready",
  "snapshot",
  "ack",
  "analyses_changed",
  "auth_expiring",
  "authenticated",
  "error",
  "pong"
] as const;

/** Sizes of a question, a frame and a token. */
export const LIMITS = {
  "contentChars": 4000,
  "frameBytes": 16384,
  "tokenBytes": 4096
} as const;

/** The lines between the ratings, in points. */
export const RATING_LINES = {
  "neutral": 50,
  "buy": 60,
  "sell": 40,
  "margin": 2
} as const;
