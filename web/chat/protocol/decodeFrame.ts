import type {
  Ack,
  AiChunk,
  AiComplete,
  AiError,
  AiLookup,
  AiReset,
  AiStart,
  AnalysesChanged,
  AuthExpiring,
  Authenticated,
  AuthRefresh,
  Cancel,
  Context,
  Error as ErrorFrame,
  Hello,
  Ping,
  Pong,
  Ready,
  SetContext,
  Snapshot,
  UserEcho,
  UserMessage,
} from "./frames.gen";
import { SESSION_EVENTS, SOCKET_FRAMES } from "./protocol.gen";

/** Numbered, logged and replayable: the frames that make the conversation. */
export type SessionEvent =
  | UserEcho
  | AiStart
  | AiChunk
  | AiLookup
  | AiReset
  | AiComplete
  | AiError
  | Context
  | UnknownEvent;
/** An event that this version does not know: it changes nothing, but its number counts, or the next would be a gap. */
export interface UnknownEvent {
  type: "unknown";
  seq: number;
}
/** What the gateway says to this socket alone, or to all of them. */
export type SocketFrame =
  | Ready
  | Snapshot
  | Ack
  | AnalysesChanged
  | AuthExpiring
  | Authenticated
  | ErrorFrame
  | Pong;
export type ServerFrame = SessionEvent | SocketFrame;
export type ClientFrame = Hello | UserMessage | SetContext | Cancel | AuthRefresh | Ping;

const EVENTS: ReadonlySet<string> = new Set<SessionEvent["type"]>(SESSION_EVENTS);
const TO_SOCKET: ReadonlySet<string> = new Set<SocketFrame["type"]>(SOCKET_FRAMES);

export function isSessionEvent(frame: ServerFrame): frame is SessionEvent {
  return frame.type === "unknown" || EVENTS.has(frame.type);
}

/** One text frame as a typed value; `null` for a type this version does not know, which a newer gateway may send
 * (an event: `unknown`).
 *
 * @throws SyntaxError when the text is not a JSON object with a `type`, or an event carries no number. */
export function decodeFrame(text: string): ServerFrame | null {
  const frame: unknown = JSON.parse(text);
  if (typeof frame !== "object" || frame === null || !("type" in frame) || typeof frame.type !== "string") {
    throw new SyntaxError("a frame is an object with a type");
  }
  if (EVENTS.has(frame.type)) {
    if (!("seq" in frame) || !Number.isSafeInteger(frame.seq)) {
      throw new SyntaxError(`an event carries a seq: ${frame.type}`);
    }
    return frame as SessionEvent;
  }
  if (TO_SOCKET.has(frame.type)) return frame as SocketFrame;
  const isNumbered = "seq" in frame && Number.isSafeInteger(frame.seq);
  return isNumbered ? { type: "unknown", seq: frame.seq as number } : null;
}
