// Made by `npm run gen` from gateway/wire and shared/frames. Do not edit.

export interface Frames {
  [k: string]: unknown;
}
/**
 * First frame of a full-level client.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Hello".
 */
export interface Hello {
  type: "hello";
  token?: string | null;
  resume?: Resume | null;
}
/**
 * What the client saw last.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Resume".
 */
export interface Resume {
  epoch: string;
  seq: number;
}
/**
 * One question. Without `turn_id` a resend is a new question.
 *
 * `context_ticker` is three-valued: a ticker, null (no page), or absent (the session's page). `analysis_id` names an
 * analysis of that company other than its newest.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "UserMessage".
 */
export interface UserMessage {
  type: "user_message";
  content: string;
  turn_id?: string | null;
  context_ticker?: string | null;
  analysis_id?: number | null;
  on_busy?: "queue" | "reject";
}
/**
 * The page changed; `analysis_id` if it shows an older analysis.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "SetContext".
 */
export interface SetContext {
  type: "set_context";
  ticker: string | null;
  analysis_id?: number | null;
}
/**
 * Stop a turn; without `turn_id`, the running one.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Cancel".
 */
export interface Cancel {
  type: "cancel";
  turn_id?: string | null;
}
/**
 * A newer token of the same user.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AuthRefresh".
 */
export interface AuthRefresh {
  type: "auth_refresh";
  token: string;
}
/**
 * Application-level keepalive; `t` comes back as it is.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Ping".
 */
export interface Ping {
  type: "ping";
  t?: number | string | null;
}
/**
 * The session is open. `recovered`: everything after `resume.seq` follows.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Ready".
 */
export interface Ready {
  type: "ready";
  session_id: string;
  epoch: string;
  seq: number;
  recovered: boolean;
  context: PageContext | null;
  active_turn: string | null;
  model: string | null;
  expires_at: number;
  limits: Limits;
}
/**
 * The page the session is on, and the analysis that would be read now.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "PageContext".
 */
export interface PageContext {
  ticker: string;
  analysis_id: number | null;
  as_of: string | null;
}
/**
 * What the client should keep to: characters per question, turns that may wait, questions per minute.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Limits".
 */
export interface Limits {
  content_chars: number;
  queue: number;
  message_rate: number;
}
/**
 * The whole state at `seq`; replaces what the client has.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Snapshot".
 */
export interface Snapshot {
  type: "snapshot";
  seq: number;
  messages: Message[];
  has_more: boolean;
  queued: QueuedTurn[];
  active?: ActiveTurn | null;
}
/**
 * One stored message. `as_of` is the date of the analysis it used.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Message".
 */
export interface Message {
  id: number;
  turn_id: string;
  role: "assistant" | "user";
  content: string;
  finish_reason: ("cancelled" | "max_tokens" | "safety" | "stop") | null;
  context_ticker: string | null;
  analysis_id: number | null;
  as_of: string | null;
  model: string | null;
  usage: Usage | null;
  created_at: string;
  figures?: Figure[];
  lookups?: Lookup[];
}
/**
 * Tokens the model counted for one answer.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Usage".
 */
export interface Usage {
  input_tokens?: number;
  output_tokens?: number;
}
/**
 * One figure of an answer. `start` and `end` count UTF-16 code units of the whole text; `text` is what stands there.
 *
 * `source` proves it, or `formula` over `operands` does; `says` is what the analysis says instead, `why` one sentence.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Figure".
 */
export interface Figure {
  start: number;
  end: number;
  text: string;
  verdict: "derived" | "given" | "matched" | "mislabelled" | "quoted" | "unsupported" | "unsure";
  state: "flagged" | "unsure" | "verified";
  source?: Source | null;
  formula?: string | null;
  operands?: Source[];
  says?: Source | null;
  why?: string | null;
}
/**
 * Where a figure stands: an analysis in one of its revisions, a place in it, and the figure as it is shown there.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Source".
 */
export interface Source {
  ticker: string;
  analysis_id: number | null;
  revision: number;
  as_of: string | null;
  where: string;
  shown: string;
}
/**
 * One look-up of the agent in its last state, as it is stored; `n` counts those of a turn from 1.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Lookup".
 */
export interface Lookup {
  n: number;
  tool: string;
  words: string;
  status: "failed" | "ok" | "running";
  sources: Source[];
  result?: Table | null;
}
/**
 * A result as a table or a series, for the reader's app to draw; cells as they are shown.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Table".
 */
export interface Table {
  columns: string[];
  rows: string[][];
}
/**
 * A question that waits.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "QueuedTurn".
 */
export interface QueuedTurn {
  turn_id: string;
  content: string;
}
/**
 * The answer that is being written, with the figures and look-ups so far.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "ActiveTurn".
 */
export interface ActiveTurn {
  turn_id: string;
  attempt: number;
  text: string;
  figures?: Figure[];
  lookups?: Lookup[];
}
/**
 * A question was taken. `position` 0: running or next.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Ack".
 */
export interface Ack {
  type: "ack";
  turn_id: string;
  status: "accepted" | "duplicate" | "queued";
  position: number;
}
/**
 * Newer or corrected analyses are in: the newest of their dates, and their companies (null: many).
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AnalysesChanged".
 */
export interface AnalysesChanged {
  type: "analyses_changed";
  as_of: string;
  tickers: string[] | null;
}
/**
 * The token ends soon; `expires_at` in Unix seconds.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AuthExpiring".
 */
export interface AuthExpiring {
  type: "auth_expiring";
  expires_at: number;
}
/**
 * The newer token was taken.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Authenticated".
 */
export interface Authenticated {
  type: "authenticated";
  expires_at: number;
}
/**
 * Something was refused; nothing was stored for it. `message` is fixed words.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Error".
 */
export interface Error {
  type: "error";
  code:
    | "busy"
    | "failed"
    | "invalid"
    | "model_error"
    | "model_timeout"
    | "overloaded"
    | "quota"
    | "rate_limited"
    | "unavailable"
    | "unknown_ticker";
  message: string;
  retryable: boolean;
  retry_after_ms?: number | null;
  turn_id?: string | null;
}
/**
 * Answer to `ping`.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Pong".
 */
export interface Pong {
  type: "pong";
  t: number | string | null;
}
/**
 * A question was accepted; all the session's sockets see it.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "UserEcho".
 */
export interface UserEcho {
  type: "user_echo";
  turn_id: string;
  content: string;
  context_ticker: string | null;
  seq: number;
}
/**
 * An attempt at the answer begins. `context` is null when no analysis is read.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AiStart".
 */
export interface AiStart {
  type: "ai_start";
  turn_id: string;
  attempt: number;
  context: AnalysisRef | null;
  model: string;
  seq: number;
}
/**
 * Which analysis an answer reads.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AnalysisRef".
 */
export interface AnalysisRef {
  ticker: string;
  analysis_id: number;
  as_of: string;
}
/**
 * The next piece of the answer, and the figures of the sentences that it ends.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AiChunk".
 */
export interface AiChunk {
  type: "ai_chunk";
  content: string;
  turn_id: string;
  attempt: number;
  figures?: Figure[];
  seq: number;
}
/**
 * The agent looks something up; the same `n` again replaces it.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AiLookup".
 */
export interface AiLookup {
  type: "ai_lookup";
  turn_id: string;
  attempt: number;
  n: number;
  tool: string;
  words: string;
  status: "failed" | "ok" | "running";
  sources: Source[];
  result?: Table | null;
  seq: number;
}
/**
 * Drop the partial text: attempt `attempt` begins (an `ai_start` follows).
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AiReset".
 */
export interface AiReset {
  type: "ai_reset";
  turn_id: string;
  attempt: number;
  reason: string;
  seq: number;
}
/**
 * The answer as it is stored.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AiComplete".
 */
export interface AiComplete {
  type: "ai_complete";
  full_message: string;
  turn_id: string;
  message_id: number;
  finish_reason: "cancelled" | "max_tokens" | "safety" | "stop";
  usage: Usage;
  context: AnalysisRef | null;
  model: string;
  figures?: Figure[];
  lookups?: Lookup[];
  seq: number;
}
/**
 * The turn is over, without an answer. `message` is fixed words, never an exception's.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "AiError".
 */
export interface AiError {
  type: "ai_error";
  turn_id: string;
  code:
    | "busy"
    | "failed"
    | "invalid"
    | "model_error"
    | "model_timeout"
    | "overloaded"
    | "quota"
    | "rate_limited"
    | "unavailable"
    | "unknown_ticker";
  message: string;
  retryable: boolean;
  retry_after_ms?: number | null;
  seq: number;
}
/**
 * The session's page changed. `analysis_id` and `as_of` are null where the company has no analysis.
 *
 * This interface was referenced by `Frames`'s JSON-Schema
 * via the `definition` "Context".
 */
export interface Context {
  type: "context";
  ticker: string | null;
  analysis_id: number | null;
  as_of: string | null;
  seq: number;
}
