import AxeBuilder from "@axe-core/playwright";
import { EXAMPLES, expect, open, test } from "./run/fixtures.ts";
import { leavesNothing } from "./run/leavesNothing.ts";

const PAGE = `${EXAMPLES}element`;
/** The page beside the panel. */
const BESIDE = { x: 0, y: 0, width: 1000, height: 900 };
const SCRIPT = "**/embed/v1/tickertalk-chat.js";

test("a page elsewhere, under a strict policy: ask, follow the page, move, come back in mid-answer, remove", async ({
  page,
  visit,
  system,
}) => {
  const left = await leavesNothing(page);
  const chat = await visit(PAGE);
  await open(page, chat);
  await expect(page.locator("[data-slot=chat-context]")).toHaveText(/^KO · /);
  await chat.ask("How is it? [[chunks=5]]");
  await expect(chat.complete()).toBeVisible();
  expect(left.socketsOpened()).toBe(1);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole("button", { name: "Look at Microsoft" }).click();
  await expect(page.locator("[data-slot=chat-context]")).toHaveText(/^MSFT · /);

  // Moved, it is the same chat: nothing is opened anew, and the answer that is being written goes on.
  await chat.ask("And this one? [[hold=2]]");
  await system.held(1);
  await page.evaluate(() =>
    document.querySelector("main")?.append(document.querySelector("tickertalk-chat") as Node),
  );
  await expect(chat.text(1)).not.toBeEmpty();
  expect(left.socketsOpened()).toBe(1);

  await page.reload();
  await chat.isLive();
  await system.release("And this one?");
  await expect(chat.complete(1)).toBeVisible();

  await page.evaluate(() => document.querySelector("tickertalk-chat")?.remove());
  await left.check();
});

test("the page shows its own row of a figure that was chosen", async ({ page, visit, system }) => {
  const chat = await visit(PAGE);
  await open(page, chat);
  const text = "Its P/E is 27.36.";
  const chunk = {
    candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason: "STOP", index: 0 }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
    modelVersion: "gemini-2.5-flash",
  };
  await system.script("How dear is it", { raw: [JSON.stringify(chunk)] });
  await chat.ask("How dear is it?");
  await expect(chat.complete()).toBeVisible();
  await chat
    .answer()
    .getByRole("button", { name: /^27\.36/ })
    .click();
  await expect(page.locator("[data-slot=figure-card]")).toContainText("27.36");
  await expect(page.locator("#price_earnings")).toHaveClass("lit");
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-slot=figure-card]")).toBeHidden();
});

test("outside of the chat nothing of the page has changed", async ({ page, visit }) => {
  await page.route(SCRIPT, (route) => route.abort());
  const chat = await visit(PAGE);
  const without = await page.screenshot({ clip: BESIDE });
  await page.unroute(SCRIPT);
  await page.reload();
  await open(page, chat);
  await chat.ask("How is it? [[chunks=5]]");
  await expect(chat.complete()).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  expect((await page.screenshot({ clip: BESIDE })).equals(without)).toBe(true);
});

test("a token that is about to end is renewed, without a new connection", async ({
  page,
  visit,
  system,
  user,
  site,
}) => {
  const left = await leavesNothing(page);
  const sent: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  // The first lives for less than the minute before whose end the gateway asks for another.
  const chat = await visit(PAGE, {
    token: () => system.token(user, site.tokensGiven > 1 ? 3600 : 20),
  });
  await open(page, chat);
  await expect.poll(() => sent.some((frame) => frame.startsWith('{"type":"auth_refresh"'))).toBe(true);
  await chat.ask("Still there? [[chunks=3]]");
  await expect(chat.complete()).toBeVisible();
  expect(left.socketsOpened()).toBe(1);
});

test("a page whose origin the gateway was not told of says so", async ({ page, visit, site }) => {
  const elsewhere = site.origin.replace("localhost", "127.0.0.1");
  await visit(PAGE, { mayFail: true });
  await page.goto(elsewhere);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.locator("[data-slot=connection-notice]")).toHaveText(
    "The chat's server does not serve this page.",
  );
});

test("a page that has another address for the gateway says so", async ({ page, visit, site }) => {
  await visit(PAGE, { mayFail: true });
  await page.evaluate(
    (origin) => document.querySelector("tickertalk-chat")?.setAttribute("gateway", origin),
    site.origin,
  );
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.locator("[data-slot=connection-notice]")).toHaveText(
    "There is no chat at the address that this page names.",
  );
});

test("the script is the one that was promised, and may be kept by nobody for ever", async ({
  visit,
  page,
  system,
}) => {
  await visit(PAGE);
  const hashes = (await (await page.request.get(`${system.url}/embed/v1/integrity.json`)).json()) as Record<
    string,
    string
  >;
  await page.evaluate(
    ({ src, integrity }) =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        Object.assign(script, {
          type: "module",
          src,
          integrity,
          crossOrigin: "anonymous",
          onload: resolve,
          onerror: reject,
        });
        document.head.append(script);
      }),
    {
      src: `${system.url}/embed/v1/tickertalk-chat.js?checked`,
      integrity: hashes["tickertalk-chat.js"] ?? "",
    },
  );
  const script = await page.request.get(`${system.url}/embed/v1/tickertalk-chat.js`);
  expect(script.headers()["cache-control"]).toBe("no-cache");
  const part = Object.keys(hashes).find((name) => name.startsWith("parts/"));
  const kept = await page.request.get(`${system.url}/embed/v1/${part}`);
  expect(kept.headers()["cache-control"]).toContain("immutable");
  expect(kept.headers()["cross-origin-resource-policy"]).toBe("cross-origin");
});
