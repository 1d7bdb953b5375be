// @vitest-environment node
import { expect, it } from "vitest";

it("is imported and made where there is no browser, as a page is made on a server", async () => {
  expect(typeof window).toBe("undefined");
  const { createChat } = await import("./index");
  const chat = createChat({ gateway: "https://chat.example", getToken: async () => null });
  expect(chat.store.getState()).toMatchObject({
    messages: [],
    isConnected: false,
    sessionId: "",
    socket: null,
  });
});
