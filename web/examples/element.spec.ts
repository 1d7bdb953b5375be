import { EXAMPLES, expect, open, test } from "./run/fixtures.ts";

const PAGE = `${EXAMPLES}element`;

test("a page elsewhere, under a strict policy: ask, read, follow the page, move, remove", async ({
  page,
  visit,
  system,
}) => {
  const sockets: Array<{ isClosed: () => boolean }> = [];
  page.on("websocket", (socket) => sockets.push(socket));
  const chat = await visit(PAGE);
  await open(page, chat);
  await expect(page.locator("[data-slot=chat-context]")).toHaveText(/^KO · /);
  await chat.ask("How is it? [[chunks=5]]");
  await expect(chat.complete()).toBeVisible();
  expect(sockets).toHaveLength(1);

  await page.getByRole("button", { name: "Look at Microsoft" }).click();
  await expect(page.locator("[data-slot=chat-context]")).toHaveText(/^MSFT · /);

  // Moved, it is the same chat: nothing is opened anew, and the answer that is being written goes on.
  await chat.ask("And this one? [[hold=2]]");
  await system.held(1);
  await page.evaluate(() =>
    document.querySelector("main")?.append(document.querySelector("tickertalk-chat") as Node),
  );
  await system.release("And this one?");
  await expect(chat.complete(1)).toBeVisible();
  expect(sockets).toHaveLength(1);

  await page.evaluate(() => document.querySelector("tickertalk-chat")?.remove());
  await expect.poll(() => sockets.every((socket) => socket.isClosed())).toBe(true);
  expect(sockets).toHaveLength(1);
});
