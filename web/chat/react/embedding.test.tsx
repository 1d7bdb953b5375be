import { ChatServer } from "@test/chatServer";
import { recorded } from "@test/golden";
import { render, screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ChatProvider, useChat } from "./ChatProvider";
import { SidebarChat } from "./SidebarChat";
import { useChatContext } from "./useChatContext";

let server: ChatServer;
const GATEWAY = "http://localhost:8000";
const getToken = async () => "token";

beforeEach(() => {
  server = new ChatServer();
  server.start();
  vi.stubGlobal("fetch", async () => new Response("{}", { status: 404 }));
});

afterEach(() => server.stop());

async function opened(index = 0) {
  const socket = await server.socket(index);
  socket.send(...recorded("answered").slice(0, 2));
  return socket;
}

it("ten lines are a chat: one socket, in StrictMode too, and none when they go", async () => {
  const { unmount } = render(
    <StrictMode>
      <ChatProvider gateway={GATEWAY} getToken={getToken} context="KO">
        <SidebarChat defaultOpen />
      </ChatProvider>
    </StrictMode>,
  );
  const socket = await opened();
  await screen.findByRole("heading", { name: /^KO/ });
  expect(socket.said[0]).toMatchObject({ type: "hello", token: "token" });
  unmount();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(server.sockets).toHaveLength(1);
});

it("speaks German where it is told to", async () => {
  render(
    <ChatProvider gateway={GATEWAY} getToken={getToken} locale="de-AT" labels={{ send: "Los" }}>
      <SidebarChat defaultOpen />
    </ChatProvider>,
  );
  await opened();
  expect(await screen.findByLabelText("Ihre Frage")).toBeVisible();
  expect(screen.getByRole("button", { name: "Los" })).toBeVisible();
  expect(screen.getByText(/Keine Anlageberatung/)).toBeVisible();
});

function About({ ticker }: { ticker: string }) {
  useChatContext({ ticker });
  return null;
}

function Shown() {
  const chat = useChat();
  return <button type="button" onClick={() => chat.send(`about ${chat.getState().pageTicker}`)} />;
}

it("a part of the page says what it is about as long as it is there", async () => {
  const page = (part: React.ReactNode) => (
    <ChatProvider gateway={GATEWAY} getToken={getToken} context="KO">
      <Shown />
      {part}
    </ChatProvider>
  );
  const { rerender } = render(page(<About ticker="MSFT" />));
  const socket = await opened();
  await waitFor(() => expect(socket.said.at(-1)).toMatchObject({ type: "set_context", ticker: "MSFT" }));
  rerender(page(null));
  await waitFor(() => expect(socket.said.at(-1)).toMatchObject({ ticker: "KO" }));
});

it("two of them, for two users, are two chats", async () => {
  render(
    <>
      <ChatProvider gateway={GATEWAY} getToken={async () => "of-alice"} storageKey="alice">
        <SidebarChat placement="fill" />
      </ChatProvider>
      <ChatProvider gateway={GATEWAY} getToken={async () => "of-bob"} storageKey="bob">
        <SidebarChat placement="fill" />
      </ChatProvider>
    </>,
  );
  const sockets = [await server.socket(0), await server.socket(1)];
  expect(sockets.map(({ said: [hello] }) => hello?.type === "hello" && hello.token).sort()).toEqual([
    "of-alice",
    "of-bob",
  ]);
  expect(sockets[0]?.url.pathname).not.toBe(sockets[1]?.url.pathname);
  expect(screen.getAllByLabelText("Your question")).toHaveLength(2);
});

it("is drawn on a server, where it opens nothing", () => {
  const html = renderToString(
    <ChatProvider gateway={GATEWAY} getToken={getToken} context="KO">
      <SidebarChat defaultOpen />
    </ChatProvider>,
  );
  expect(html).toContain("Your question");
  expect(server.sockets).toHaveLength(0);
});
