import { type ClientFrame, decodeFrame, type ServerFrame } from "../protocol/decodeFrame";
import type { Resume } from "../protocol/frames.gen";
import { type CloseRule, closeRule, reconnectDelay } from "./closeRules";
import { type Connection, idle, type Phase } from "./connection";
import type { AddressTrouble } from "./findTrouble";
import { TokenError } from "./tokens";

export interface ChatSocketOptions {
  /** Null where the gateway's address is none. */
  url: URL | null;
  /** Looks why a socket ended before it was open. */
  findTrouble: (signal: AbortSignal) => Promise<AddressTrouble>;
  /** A token, or null when nobody is signed in. `fresh`: the last one was refused. */
  getToken: (fresh: boolean) => Promise<string | null>;
  /** What was seen last, asked at each connection. */
  resume: () => Resume | null;
  onFrame: (frame: ServerFrame) => void;
  onConnection: (connection: Connection, socket: WebSocket | null) => void;
}

export interface ChatSocket {
  /** False when not live: the frame is not sent and not kept. */
  send: (frame: ClientFrame) => boolean;
  /** Drops the socket and resumes at once. */
  reconnect: () => void;
  close: () => void;
}

const PING_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 8_000;
const READY_WITHIN_MS = 12_000;
/** Below this a connection counts as failed: accept-then-close must not reset the back-off. */
const STABLE_AFTER_MS = 5_000;

/** One conversation's connection: opens, says hello, watches, and comes back by the rule of the close code. */
export function openChatSocket(options: ChatSocketOptions): ChatSocket {
  let socket: WebSocket | null = null;
  let connection: Connection = idle;
  let failures = 0;
  let refusedTokens = 0;
  /** Grows with each attempt; what an earlier attempt still has to say is not heard. */
  let generation = 0;
  let isClosed = false;
  let looking: AbortController | undefined;
  /** The handshake alone was refused: once may be a gateway that is just starting. */
  let refusedHandshakes = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let stableTimer: ReturnType<typeof setTimeout> | undefined;
  let pingTimer: ReturnType<typeof setInterval> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;

  function tell(phase: Phase, change: Partial<Connection> = {}): void {
    connection = { ...connection, phase, retryAt: null, ...change };
    options.onConnection(connection, socket);
  }

  function clearTimers(): void {
    clearTimeout(retryTimer);
    clearTimeout(stableTimer);
    clearTimeout(deadline);
    clearInterval(pingTimer);
    deadline = undefined;
  }

  /** Forgets the socket without waiting for a closing handshake, which a dead network never finishes. */
  function drop(code = 1000): void {
    generation += 1;
    clearTimers();
    looking?.abort();
    const old = socket;
    socket = null;
    old?.close(code);
  }

  async function connect(): Promise<void> {
    drop();
    if (isClosed) return;
    if (!navigator.onLine) {
      tell("offline");
      return;
    }
    tell(connection.phase === "idle" ? "connecting" : "reconnecting");
    const mine = generation;
    let token: string | null;
    try {
      token = await options.getToken(refusedTokens > 0);
    } catch (error) {
      if (mine === generation) lackedToken(error);
      return;
    }
    if (mine !== generation) return;
    if (token === null) {
      tell("signed_out", { trouble: null });
      return;
    }
    const opened = openWebSocket();
    if (opened === null) {
      tell("stopped", { closeCode: null, trouble: "bad_address" });
      return;
    }
    socket = opened;
    expect(READY_WITHIN_MS);
    let wasOpen = false;
    opened.onopen = () => {
      if (mine !== generation) return;
      wasOpen = true;
      refusedHandshakes = 0;
      const resume = options.resume();
      write(opened, resume ? { type: "hello", token, resume } : { type: "hello", token });
    };
    opened.onmessage = (event) => {
      if (mine === generation) receive(event.data);
    };
    opened.onclose = (event) => {
      if (mine !== generation) return;
      ended(event.code);
      if (!wasOpen) void lookForTrouble();
    };
  }

  /** Null where the browser will not have the address: another scheme, or an open one from a secure page. */
  function openWebSocket(): WebSocket | null {
    try {
      return options.url && new WebSocket(options.url);
    } catch (error) {
      reportError(error);
      return null;
    }
  }

  /** The page's own function failed it. One that cannot say a token is asked again when the reader asks; any other
   * failure may pass. */
  function lackedToken(error: unknown): void {
    const { trouble, cause } = error instanceof TokenError ? error : new TokenError("token_failed", error);
    if (trouble === "token_failed") reportError(cause);
    drop();
    if (trouble === "token_unfit") tell("signed_out", { closeCode: null, trouble });
    else retry("reconnect", null, trouble);
  }

  async function lookForTrouble(): Promise<void> {
    const mine = generation;
    looking = new AbortController();
    const trouble = await options.findTrouble(looking.signal);
    if (mine !== generation || connection.phase !== "reconnecting") return;
    if (trouble === "origin_refused" && ++refusedHandshakes < 2) return;
    tell(connection.phase, { retryAt: connection.retryAt, trouble });
  }

  function receive(data: unknown): void {
    clearTimeout(deadline);
    deadline = undefined;
    let frame: ServerFrame | null;
    try {
      frame = decodeFrame(String(data));
    } catch (error) {
      // A frame that cannot be read may have been part of the answer: only a resume makes it whole.
      reportError(error);
      drop();
      retry("reconnect", null);
      return;
    }
    if (frame === null) return;
    if (frame.type === "ready") becameLive();
    options.onFrame(frame);
  }

  function becameLive(): void {
    refusedTokens = 0;
    stableTimer = setTimeout(() => {
      failures = 0;
    }, STABLE_AFTER_MS);
    clearInterval(pingTimer);
    pingTimer = setInterval(ping, PING_EVERY_MS);
    tell("live", { closeCode: null, trouble: null });
  }

  function ping(): void {
    if (connection.phase !== "live" || deadline !== undefined || !socket) return;
    write(socket, { type: "ping", t: Date.now() });
    expect(ANSWER_WITHIN_MS);
  }

  function expect(withinMs: number): void {
    clearTimeout(deadline);
    deadline = setTimeout(() => {
      drop();
      retry("reconnect", null);
    }, withinMs);
  }

  function ended(code: number): void {
    drop();
    const rule = closeRule(code);
    if (rule === "stop") {
      tell("stopped", { closeCode: code, trouble: null });
      return;
    }
    if (rule === "refresh") {
      refusedTokens += 1;
      // A token that was just refreshed and is refused again will not get better by asking a third time.
      if (refusedTokens > 1) {
        refusedTokens = 0;
        tell("signed_out", { closeCode: code, trouble: null });
        return;
      }
    }
    retry(rule, code);
  }

  function retry(rule: CloseRule, closeCode: number | null, trouble = connection.trouble): void {
    if (!navigator.onLine) {
      tell("offline", { closeCode, trouble: null });
      return;
    }
    const delay = reconnectDelay(rule, failures, Math.random());
    failures += 1;
    retryTimer = setTimeout(connect, delay);
    const retryAt = Date.now() + delay;
    tell(closeCode === 4429 ? "too_many" : "reconnecting", { closeCode, retryAt, trouble });
  }

  function wentOffline(): void {
    if (connection.phase === "stopped" || connection.phase === "signed_out") return;
    drop();
    tell("offline", { closeCode: null, trouble: null });
  }

  function cameBack(): void {
    if (connection.phase === "offline") {
      failures = 0;
      void connect();
    } else if (document.visibilityState === "visible") {
      if (connection.phase === "live") ping();
      else if (connection.phase === "reconnecting" && connection.retryAt !== null) void connect();
    }
  }

  window.addEventListener("offline", wentOffline);
  window.addEventListener("online", cameBack);
  document.addEventListener("visibilitychange", cameBack);

  void connect();

  return {
    send(frame) {
      if (connection.phase !== "live" || socket?.readyState !== WebSocket.OPEN) return false;
      write(socket, frame);
      return true;
    },
    reconnect() {
      if (!isClosed) void connect();
    },
    close() {
      isClosed = true;
      window.removeEventListener("offline", wentOffline);
      window.removeEventListener("online", cameBack);
      document.removeEventListener("visibilitychange", cameBack);
      drop();
      tell("closed", { closeCode: null, trouble: null });
    },
  };
}

function write(socket: WebSocket, frame: ClientFrame): void {
  socket.send(JSON.stringify(frame));
}
