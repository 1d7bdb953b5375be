import type {
  Ack,
  AiChunk,
  AiComplete,
  AiError,
  AiReset,
  AiStart,
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

/** Numbered, logged and replayable: the frames that make the conversation. */
export type SessionEvent = UserEcho | AiStart | AiChunk | AiReset | AiComplete | AiError | Context;
/** What the gateway says to this socket alone. */
export type SocketFrame = Ready | Snapshot | Ack | AuthExpiring | Authenticated | ErrorFrame | Pong;
export type ServerFrame = SessionEvent | SocketFrame;
export type ClientFrame = Hello | UserMessage | SetContext | Cancel | AuthRefresh | Ping;

const EVENTS: ReadonlySet<string> = new Set<SessionEvent["type"]>([
  "user_echo",
  "ai_start",
  "ai_chunk",
  "ai_reset",
  "ai_complete",
  "ai_error",
  "context",
]);
const SOCKET_FRAMES: ReadonlySet<string> = new Set<SocketFrame["type"]>([
  "ready",
  "snapshot",
  "ack",
  "auth_expiring",
  "authenticated",
  "error",
  "pong",
]);

export function isSessionEvent(frame: ServerFrame): frame is SessionEvent {
  return EVENTS.has(frame.type);
}

/** One text frame as a typed value; `null` for a type this version does not know, which a newer gateway may send.
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
  return SOCKET_FRAMES.has(frame.type) ? (frame as SocketFrame) : null;
}
