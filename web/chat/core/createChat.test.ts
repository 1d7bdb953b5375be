import { ChatServer } from "@test/chatServer";
import { eventually } from "@test/eventually";
import { recorded } from "@test/golden";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
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
  const chat = createChat({ gateway, storageKey: user, getToken: async () => `token of ${user}` });
  chats.push(chat);
  return chat;
}

it("two chats on one page know nothing of each other", async () => {
  const [alice, bob] = [chatOf("alice"), chatOf("bob")];
  alice.connect();
  bob.connect();
  const sockets = [await server.socket(0), await server.socket(1)];
  const tokens = sockets.map(({ said: [hello] }) => hello?.type === "hello" && hello.token);
  expect(tokens.sort()).toEqual(["token of alice", "token of bob"]);
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
