import { ChatServer } from "@test/chatServer";
import { eventually } from "@test/eventually";
import { recorded } from "@test/golden";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AnalysesChanged } from "../protocol/frames.gen";
import { type Chat, createChat } from "./createChat";

let server: ChatServer;
const chats: Chat[] = [];

beforeEach(() => {
  server = new ChatServer();
  server.start();
});

afterEach(() => {
  for (const chat of chats.splice(0)) chat.dispose();
  server.stop();
});

function chatOf(user: string, gateway = "http://localhost:8000"): Chat {
  const chat = createChat({ gateway, storageKey: user, getToken: async () => `token-of-${user}` });
  chats.push(chat);
  return chat;
}

it("two chats on one page know nothing of each other", async () => {
  const [alice, bob] = [chatOf("alice"), chatOf("bob")];
  alice.connect();
  bob.connect();
  const sockets = [await server.socket(0), await server.socket(1)];
  const tokens = sockets.map(({ said: [hello] }) => hello?.type === "hello" && hello.token);
  expect(tokens.sort()).toEqual(["token-of-alice", "token-of-bob"]);
  expect(alice.store.getState().sessionId).not.toBe(bob.store.getState().sessionId);

  alice.send("Only mine");
  alice.draft.getState().setDraft("And this");
  expect(alice.store.getState().messages).toMatchObject([{ content: "Only mine" }]);
  expect(bob.store.getState().messages).toEqual([]);
  expect(bob.draft.getState().draft).toBe("");
});

it("opens nothing and stores nothing before it is connected", () => {
  chatOf("alice");
  expect(server.sockets).toHaveLength(0);
  expect(localStorage).toHaveLength(0);
});

it("is connected to the gateway it was given, wherever the page is from", async () => {
  chatOf("alice", "https://chat.example").connect();
  const { url } = await server.socket(0);
  expect(url.protocol).toBe("wss:");
  expect(url.host).toBe("chat.example");
});

it("tells the page of analyses that changed, and shows nothing of it by itself", async () => {
  const onAnalysesChanged = vi.fn();
  const chat = createChat({ gateway: "http://localhost:8000", getToken: async () => "t", onAnalysesChanged });
  chats.push(chat);
  chat.connect();
  const socket = await server.socket(0);
  const [ready, snapshot] = recorded("answered");
  if (!ready || !snapshot) throw new Error("the recording is too short");
  const changed: AnalysesChanged = { type: "analyses_changed", as_of: "2026-08-29", tickers: ["KO"] };
  socket.send(ready, snapshot, changed);
  await eventually(() => expect(onAnalysesChanged).toHaveBeenCalledExactlyOnceWith(changed));
  expect(chat.store.getState().messages).toEqual([]);
});

it("disposed, it hears nothing more; connected again, it goes on", async () => {
  const chat = chatOf("alice");
  chat.connect();
  const socket = await server.socket(0);
  const [ready, snapshot] = recorded("answered");
  if (!ready || !snapshot) throw new Error("the recording is too short");
  socket.send(ready, snapshot);
  await eventually(() => expect(chat.store.getState().isConnected).toBe(true));
  const { sessionId } = chat.store.getState();
  chat.dispose();
  expect(chat.store.getState()).toMatchObject({ isConnected: false, socket: null });
  chat.connect();
  await server.socket(1);
  expect(chat.store.getState().sessionId).toBe(sessionId);
});

it("asks without having been connected: that connects it", async () => {
  const chat = chatOf("alice");
  chat.send("At once?");
  const socket = await server.socket(0);
  const [ready, snapshot] = recorded("answered");
  if (!ready || !snapshot) throw new Error("the recording is too short");
  socket.send(ready, snapshot);
  await eventually(() =>
    expect(socket.said.at(-1)).toMatchObject({ type: "user_message", content: "At once?" }),
  );
});

it("tells who subscribed, and no one who left", () => {
  const chat = chatOf("alice");
  const told = vi.fn();
  const leave = chat.subscribe(told);
  chat.setContext("KO");
  expect(told).toHaveBeenCalledOnce();
  expect(chat.getState()).toMatchObject({ pageTicker: "KO" });
  leave();
  chat.setContext(null);
  expect(told).toHaveBeenCalledOnce();
});

it("disposed in mid-answer, it leaves no socket, no timer and no listener, and keeps what was said", async () => {
  const listeners = new Set<string>();
  const added = vi.spyOn(window, "addEventListener").mockImplementation((type) => void listeners.add(type));
  const removed = vi
    .spyOn(window, "removeEventListener")
    .mockImplementation((type) => void listeners.delete(type));
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const chat = chatOf("alice");
  chat.connect();
  const socket = await server.socket(0);
  socket.send(...recorded("answered").slice(0, 8));
  await eventually(() =>
    expect(chat.getState().messages.at(-1)).toMatchObject({ role: "assistant", status: "streaming" }),
  );
  expect(listeners.size).toBeGreaterThan(0);
  expect(vi.getTimerCount()).toBeGreaterThan(0);
  const before = chat.getState().messages;
  chat.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  expect([...listeners]).toEqual([]);
  added.mockRestore();
  removed.mockRestore();
  expect(chat.getState()).toMatchObject({
    isConnected: false,
    socket: null,
    connection: { phase: "closed" },
  });
  expect(chat.getState().messages).toBe(before);
  socket.send(...recorded("answered").slice(8));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(chat.getState().messages).toBe(before);
  expect(server.sockets).toHaveLength(1);
});

it("keeps what is asked of a disposed chat until it is connected again", async () => {
  const chat = chatOf("alice");
  chat.connect();
  await server.socket(0);
  chat.dispose();
  chat.send("Later?");
  expect(chat.getState().messages).toMatchObject([{ content: "Later?", status: "sending" }]);
  chat.connect();
  const socket = await server.socket(1);
  const [ready, snapshot] = recorded("answered");
  if (!ready || !snapshot) throw new Error("the recording is too short");
  socket.send(ready, snapshot);
  await eventually(() => expect(socket.said.at(-1)).toMatchObject({ content: "Later?" }));
});

it.each([
  ["full", "setItem"],
  ["forbidden", "getItem"],
] as const)("a storage that is %s is said, and the question is sent all the same", async (_, method) => {
  const refuse = () => {
    throw new DOMException("no", method === "setItem" ? "QuotaExceededError" : "SecurityError");
  };
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(refuse);
  if (method === "getItem") vi.spyOn(Storage.prototype, "getItem").mockImplementation(refuse);
  const chat = chatOf("alice");
  chat.send("Kept?");
  expect(chat.getState()).toMatchObject({ isStorageOpen: false, messages: [{ content: "Kept?" }] });
  const socket = await server.socket(0);
  const [ready, snapshot] = recorded("answered");
  if (!ready || !snapshot) throw new Error("the recording is too short");
  socket.send(ready, snapshot);
  await eventually(() => expect(socket.said.at(-1)).toMatchObject({ content: "Kept?" }));
});

it.each(["", "not an address", "ftp://chat.example"])(
  "a gateway at %j is named, and nothing throws",
  async (gateway) => {
    const chat = chatOf("alice", gateway === "" ? "http://" : gateway);
    if (gateway === "not an address") vi.stubGlobal("location", undefined);
    chat.connect();
    await eventually(() =>
      expect(chat.getState().connection).toMatchObject({ phase: "stopped", trouble: "bad_address" }),
    );
  },
);

it("opens no conversation whose id is none", () => {
  expect(() => chatOf("alice").open("../../etc")).toThrow(TypeError);
});

describe("what the page is about", () => {
  it("is what it opened with, until the page says otherwise", () => {
    const chat = createChat({ gateway: "/", getToken: async () => null, context: "ko" });
    expect(chat.getState()).toMatchObject({ pageTicker: "KO", isPageKnown: true });
    chat.setContext({ ticker: "MSFT", analysisId: 7, focus: "price_earnings" });
    expect(chat.getState()).toMatchObject({
      pageTicker: "MSFT",
      pageAnalysis: 7,
      pageFocus: "price_earnings",
    });
  });

  it("is what the last of its parts says, and what was before when that goes", () => {
    const chat = createChat({ gateway: "/", getToken: async () => null, context: "KO" });
    const [first, second] = [chat.declareContext("MSFT"), chat.declareContext("AAPL")];
    expect(chat.getState().pageTicker).toBe("AAPL");
    first();
    expect(chat.getState().pageTicker).toBe("AAPL");
    second();
    second();
    expect(chat.getState().pageTicker).toBe("KO");
  });
});
