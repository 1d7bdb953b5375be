import { ChatServer } from "@test/chatServer";
import { eventually } from "@test/eventually";
import { recorded } from "@test/golden";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UserMessage } from "../protocol/frames.gen";
import { type Chat, createChat } from "./createChat";

const TOKEN = "token";
const [READY, SNAPSHOT] = recorded("answered");

let server: ChatServer;
let chat: Chat;
const store = () => chat.store.getState();

/** A new page of the same browser: the chat before is gone, what it stored is there. */
function opened(storageKey = "alice"): void {
  chat?.dispose();
  chat = createChat({
    gateway: "http://localhost:8000",
    storageKey,
    getToken: async ({ fresh }) => (fresh ? `${TOKEN}2` : TOKEN),
  });
}

beforeEach(() => {
  server = new ChatServer();
  server.start();
  vi.spyOn(Math, "random").mockReturnValue(0);
  opened();
});

afterEach(() => {
  chat.dispose();
  server.stop();
});

async function connect(index = 0) {
  if (!READY || !SNAPSHOT) throw new Error("the recording is too short");
  const socket = await server.socket(index);
  socket.send(READY, SNAPSHOT);
  await eventually(() => expect(store().isConnected).toBe(true));
  return socket;
}

const asked = (socket: { said: Array<{ type: string }> }) =>
  socket.said.filter((frame): frame is UserMessage => frame.type === "user_message");

describe("connectWebSocket", () => {
  it("opens the user's conversation and holds the browser's own socket", async () => {
    store().connectWebSocket();
    const socket = await connect();
    expect(socket.url.pathname).toBe(`/ws/chat/${store().sessionId}`);
    expect(store()).toMatchObject({ isConnected: true, isLoaded: true, messages: [] });
    expect(store().socket?.readyState).toBe(WebSocket.OPEN);
  });

  it("opens the same conversation in a second tab, another one for another user", () => {
    store().connectWebSocket();
    const { sessionId } = store();
    sessionStorage.clear();
    opened();
    store().connectWebSocket();
    expect(store().sessionId).toBe(sessionId);
    opened("bob");
    store().connectWebSocket();
    expect(store().sessionId).not.toBe(sessionId);
  });
});

describe("sendMessage", () => {
  it("shows the question at once and sends it with its id and the page's company", async () => {
    store().connectWebSocket();
    const socket = await connect();
    store().viewCompany("KO");
    store().sendMessage("  Why?  ");
    expect(store().messages).toMatchObject([
      { role: "user", content: "Why?", status: "sending", contextTicker: "KO" },
    ]);
    await eventually(() => expect(asked(socket)).toHaveLength(1));
    expect(asked(socket)[0]).toEqual({
      type: "user_message",
      content: "Why?",
      turn_id: store().messages[0]?.turnId,
      context_ticker: "KO",
    });
  });

  it("keeps a question over a lost connection and sends it again, under the same id", async () => {
    store().connectWebSocket();
    const first = await connect();
    store().sendMessage("Kept?");
    await eventually(() => expect(asked(first)).toHaveLength(1));
    first.close(1011);
    const second = await connect(1);
    await eventually(() => expect(asked(second)).toHaveLength(1));
    expect(asked(second)[0]).toEqual(asked(first)[0]);
    expect(store().messages).toHaveLength(1);
  });

  it("keeps a question over a reload, and forgets it once it is acknowledged", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    store().connectWebSocket();
    store().sendMessage("Written offline");
    const { turnId } = store().messages[0] ?? {};
    opened();

    vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
    store().connectWebSocket();
    expect(store().messages).toMatchObject([{ content: "Written offline", status: "sending", turnId }]);
    const socket = await connect();
    await eventually(() => expect(asked(socket)).toMatchObject([{ turn_id: turnId }]));
    socket.send({ type: "ack", turn_id: turnId ?? "", status: "accepted", position: 0 });
    await eventually(() => expect(store().messages[0]?.status).toBe("accepted"));
    expect(Object.keys(localStorage).filter((key) => key.includes("outbox"))).toEqual([]);
  });

  it("sends a question that was refused for a while again by itself", async () => {
    store().connectWebSocket();
    const socket = await connect();
    store().sendMessage("Too fast");
    await eventually(() => expect(asked(socket)).toHaveLength(1));
    const turn_id = store().messages[0]?.turnId ?? "";
    socket.send({
      type: "error",
      code: "rate_limited",
      message: "…",
      retryable: true,
      retry_after_ms: 100,
      turn_id,
    });
    await eventually(() => expect(store().messages[0]?.status).toBe("refused"));
    await eventually(() => expect(asked(socket)).toHaveLength(2));
    expect(store().messages[0]?.status).toBe("sending");
  });
});

describe("while an answer is written", () => {
  it("a missed event makes the client resume where it stopped", async () => {
    store().connectWebSocket();
    const socket = await connect();
    const frames = recorded("answered");
    socket.send(...frames.slice(2, 7));
    await eventually(() => expect(store().seq).toBe(4));
    socket.send(...frames.slice(9));
    const again = await server.socket(1);
    expect(again.said[0]).toMatchObject({ type: "hello", resume: { epoch: "e1", seq: 4 } });
    again.send(
      { ...(READY as Extract<typeof READY, { type: "ready" }>), recovered: true },
      ...frames.slice(7),
    );
    const complete = frames.at(-1);
    await eventually(() => expect(store().messages.at(-1)?.status).toBe("complete"));
    expect(store().messages.at(-1)?.content).toBe(
      complete?.type === "ai_complete" ? complete.full_message : null,
    );
  });

  it("stop names the turn", async () => {
    store().connectWebSocket();
    const socket = await connect();
    store().stop("t-1");
    await eventually(() => expect(socket.said.at(-1)).toEqual({ type: "cancel", turn_id: "t-1" }));
  });
});

describe("the page", () => {
  it("tells the session when the company changes, and not when it does not", async () => {
    store().viewCompany("KO");
    store().connectWebSocket();
    const socket = await connect();
    store().viewCompany("MSFT");
    await eventually(() => expect(socket.said.at(-1)).toEqual({ type: "set_context", ticker: "MSFT" }));
    expect(socket.said.filter(({ type }) => type === "set_context")).toHaveLength(1);
  });
});

it("an older analysis on the page is named, to the session and in the question", async () => {
  store().connectWebSocket();
  const socket = await connect();
  store().viewCompany("KO", true, 4625);
  await eventually(() =>
    expect(socket.said.at(-1)).toEqual({ type: "set_context", ticker: "KO", analysis_id: 4625 }),
  );
  store().sendMessage("Why then?");
  await eventually(() => expect(asked(socket)).toMatchObject([{ context_ticker: "KO", analysis_id: 4625 }]));
  store().sendMessage("And Microsoft?", "MSFT");
  await eventually(() => expect(asked(socket)).toHaveLength(2));
  expect(asked(socket)[1]).not.toHaveProperty("analysis_id");
  store().viewCompany("KO", true, null);
  await eventually(() => expect(socket.said.at(-1)).toEqual({ type: "set_context", ticker: "KO" }));
});

it("a question asked before the companies are known is about the page", async () => {
  store().connectWebSocket();
  const socket = await connect();
  store().viewCompany("MSFT", false);
  store().sendMessage("Asked at once");
  await eventually(() => expect(asked(socket)).toMatchObject([{ context_ticker: "MSFT" }]));
  expect(socket.said.some(({ type }) => type === "set_context")).toBe(false);
  store().viewCompany("MSFT", true);
  await eventually(() => expect(socket.said.at(-1)).toEqual({ type: "set_context", ticker: "MSFT" }));
});

describe("the token", () => {
  it("is renewed before it ends", async () => {
    store().connectWebSocket();
    const socket = await connect();
    socket.send({ type: "auth_expiring", expires_at: 1 });
    await eventually(() => expect(socket.said.at(-1)).toEqual({ type: "auth_refresh", token: `${TOKEN}2` }));
  });
});

it("a failed question asked again is a new turn about the same company", async () => {
  store().connectWebSocket();
  const socket = await connect();
  store().viewCompany("MSFT");
  socket.send(...recorded("failed").slice(3, 8));
  await eventually(() => expect(store().messages[0]?.status).toBe("failed"));
  const failed = store().messages[0];
  store().retry(failed?.turnId ?? "");
  expect(store().messages.at(-1)).toMatchObject({
    content: failed?.content,
    contextTicker: "KO",
    status: "sending",
  });
  expect(store().messages.at(-1)?.turnId).not.toBe(failed?.turnId);
});
