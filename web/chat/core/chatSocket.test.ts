import { ChatServer } from "@test/chatServer";
import { eventually } from "@test/eventually";
import { recorded } from "@test/golden";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerFrame } from "../protocol/decodeFrame";
import type { Ready, Resume } from "../protocol/frames.gen";
import { type ChatSocket, openChatSocket } from "./chatSocket";
import type { Connection } from "./connection";
import type { AddressTrouble } from "./findTrouble";
import { TokenError } from "./tokens";

const READY = recorded("answered")[0] as Ready;
const NOW = 1_787_000_000_000;
const URL_ = new URL("ws://localhost:8000/ws/chat/0d2c8a52-2f0a-4d0e-9d5e-6a1b1f0c7e11");

let server: ChatServer;
let chat: ChatSocket | undefined;
let phases: Connection[];
let frames: ServerFrame[];
let resume: Resume | null;
let url: URL | null;
let findTrouble: ReturnType<typeof vi.fn<() => Promise<AddressTrouble>>>;
let getToken: ReturnType<typeof vi.fn<(fresh: boolean) => Promise<string | null>>>;

beforeEach(() => {
  server = new ChatServer();
  server.start();
  phases = [];
  frames = [];
  resume = null;
  url = URL_;
  findTrouble = vi.fn(async () => "unreachable" as const);
  getToken = vi.fn(async (fresh: boolean) => (fresh ? "newer" : "token"));
  // No spread: delays are at their shortest. The clock stands, so that what is planned is the delay and nothing else;
  // the timers run.
  vi.spyOn(Math, "random").mockReturnValue(0);
  vi.spyOn(Date, "now").mockReturnValue(NOW);
});

afterEach(() => {
  chat?.close();
  server.stop();
  vi.restoreAllMocks();
});

function open(): void {
  chat = openChatSocket({
    url,
    findTrouble,
    getToken,
    resume: () => resume,
    onFrame: (frame) => frames.push(frame),
    onConnection: (connection) => phases.push(connection),
  });
}

const phase = () => phases.at(-1)?.phase;

/** The waits it planned before its next attempts. */
const waits = () => phases.flatMap(({ retryAt }) => (retryAt === null ? [] : [retryAt - NOW]));

describe("opening", () => {
  it("says hello with the token in the frame, never in the address", async () => {
    open();
    const socket = await server.socket(0);
    expect(socket.said[0]).toEqual({ type: "hello", token: "token" });
    expect(socket.url.search).toBe("");
    expect(phase()).toBe("connecting");
    socket.send(READY);
    await eventually(() => expect(phase()).toBe("live"));
    expect(frames).toEqual([READY]);
  });

  it("is not live, and sends nothing, before ready", async () => {
    open();
    await server.socket(0);
    expect(chat?.send({ type: "cancel" })).toBe(false);
  });

  it("without a token is signed out, and opens nothing", async () => {
    getToken.mockResolvedValue(null);
    open();
    await eventually(() => expect(phase()).toBe("signed_out"));
    expect(server.sockets).toHaveLength(0);
  });
});

describe("a lost connection", () => {
  it.each([1000, 1001, 1006, 1011, 4008, 4408, 4500])(
    "comes back after %i with what it saw last",
    async (code) => {
      open();
      (await server.socket(0)).send(READY);
      await eventually(() => expect(phase()).toBe("live"));
      resume = { epoch: "e1", seq: 7 };
      // A browser reports a cut line as 1006, which no server can send.
      (await server.socket(0)).close(code === 1006 ? 3000 : code);
      const again = await server.socket(1);
      expect(again.said[0]).toEqual({ type: "hello", token: "token", resume: { epoch: "e1", seq: 7 } });
      expect(phases.some((seen) => seen.phase === "reconnecting")).toBe(true);
      again.send({ ...READY, recovered: true });
      await eventually(() => expect(phase()).toBe("live"));
    },
  );

  it("waits longer each time it is refused right after it was accepted", async () => {
    open();
    for (let attempt = 0; attempt < 3; attempt++) (await server.socket(attempt)).close(4500);
    await server.socket(3);
    const [first = 0, second = 0, third = 0] = waits();
    expect(second).toBeGreaterThan(first * 1.5);
    expect(third).toBeGreaterThan(second * 1.5);
  });

  it("resumes when a frame cannot be read", async () => {
    vi.stubGlobal("reportError", vi.fn());
    open();
    const socket = await server.socket(0);
    socket.send(READY);
    socket.sendText("{ not a frame");
    await server.socket(1);
  });
});

describe("a refusal", () => {
  it.each([1003, 1007, 1009, 4400, 4403])("%i stops for good", async (code) => {
    open();
    (await server.socket(0)).close(code);
    await eventually(() =>
      expect(phases.at(-1)).toMatchObject({ phase: "stopped", closeCode: code, retryAt: null }),
    );
  });

  it("4401 asks for a newer token and comes back with it", async () => {
    open();
    (await server.socket(0)).close(4401);
    expect((await server.socket(1)).said[0]).toEqual({ type: "hello", token: "newer" });
    expect(getToken).toHaveBeenLastCalledWith(true);
  });

  it("4401 twice in a row is signed out", async () => {
    open();
    (await server.socket(0)).close(4401);
    (await server.socket(1)).close(4401);
    await eventually(() => expect(phase()).toBe("signed_out"));
    expect(server.sockets).toHaveLength(2);
  });

  it("4429 says too many, and waits for seconds", async () => {
    open();
    (await server.socket(0)).close(4429);
    await eventually(() => expect(phase()).toBe("too_many"));
    expect(waits()[0]).toBeGreaterThanOrEqual(5000);
  });

  it.each([
    [1012, 0, 1000],
    [1013, 5000, 30_000],
  ])("%i comes back after %i to %i ms", async (code, least, most) => {
    open();
    (await server.socket(0)).close(code);
    await eventually(() => expect(waits()).not.toEqual([]));
    expect(waits()[0]).toBeGreaterThanOrEqual(least);
    expect(waits()[0]).toBeLessThanOrEqual(most);
  });
});

describe("a page that cannot say a token", () => {
  it.each(["token_failed", "token_late"] as const)("%s is named, and it is asked again", async (trouble) => {
    const reported = vi.fn();
    vi.stubGlobal("reportError", reported);
    const cause = new Error("the page's own");
    getToken.mockRejectedValueOnce(new TokenError(trouble, cause));
    open();
    await eventually(() => expect(phases.at(-1)).toMatchObject({ phase: "reconnecting", trouble }));
    (await server.socket(0)).send(READY);
    await eventually(() => expect(phases.at(-1)).toMatchObject({ phase: "live", trouble: null }));
    expect(reported.mock.calls).toEqual(trouble === "token_failed" ? [[cause]] : []);
  });

  it("gives something else: it is signed out, and no socket is opened", async () => {
    getToken.mockRejectedValue(new TokenError("token_unfit"));
    open();
    await eventually(() =>
      expect(phases.at(-1)).toMatchObject({ phase: "signed_out", trouble: "token_unfit" }),
    );
    expect(server.sockets).toHaveLength(0);
  });
});

describe("a socket that cannot be opened", () => {
  /** Ends before it is open, as often as it is tried. */
  function refuseHandshakes(): void {
    vi.stubGlobal(
      "WebSocket",
      class {
        onclose?: (event: { code: number }) => void;
        constructor() {
          queueMicrotask(() => this.onclose?.({ code: 1006 }));
        }
        close(): void {}
      },
    );
  }

  it.each(["unreachable", "not_a_gateway"] as const)(
    "%s is said at once, and tried again",
    async (trouble) => {
      findTrouble.mockResolvedValue(trouble);
      refuseHandshakes();
      open();
      await eventually(() => expect(phases.at(-1)).toMatchObject({ phase: "reconnecting", trouble }));
      expect(waits()).not.toEqual([]);
    },
  );

  it("is said to be the origin's fault only when it is so twice: a gateway may just be starting", async () => {
    findTrouble.mockResolvedValue("origin_refused");
    refuseHandshakes();
    open();
    await eventually(() => expect(phases.at(-1)).toMatchObject({ trouble: "origin_refused" }));
    expect(findTrouble.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it("has an address that is none", async () => {
    url = null;
    open();
    await eventually(() => expect(phases.at(-1)).toMatchObject({ phase: "stopped", trouble: "bad_address" }));
  });

  it("has an address that the browser will not have", async () => {
    const reported = vi.fn();
    vi.stubGlobal("reportError", reported);
    vi.stubGlobal("WebSocket", function refused() {
      throw new DOMException("an open socket from a secure page", "SecurityError");
    });
    open();
    await eventually(() => expect(phases.at(-1)).toMatchObject({ phase: "stopped", trouble: "bad_address" }));
    expect(reported).toHaveBeenCalledOnce();
  });

  it("is not looked into when one was open", async () => {
    open();
    (await server.socket(0)).send(READY);
    await eventually(() => expect(phase()).toBe("live"));
    (await server.socket(0)).close(4500);
    await server.socket(1);
    expect(findTrouble).not.toHaveBeenCalled();
  });
});

describe("the network", () => {
  it("gone is offline at once; back, it connects at once", async () => {
    open();
    (await server.socket(0)).send(READY);
    await eventually(() => expect(phase()).toBe("live"));
    const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    window.dispatchEvent(new Event("offline"));
    expect(phase()).toBe("offline");
    online.mockReturnValue(true);
    window.dispatchEvent(new Event("online"));
    await server.socket(1);
  });
});

it("a closed chat stays closed", async () => {
  open();
  const socket = await server.socket(0);
  chat?.close();
  socket.close(1001);
  window.dispatchEvent(new Event("online"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(server.sockets).toHaveLength(1);
});
