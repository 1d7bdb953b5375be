import { Chat, expect, signIn, test } from "./fixtures.ts";

test("a reload in mid-answer goes on without gap or repeat", async ({ app, system, token }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Reloaded [[hold=5 chunks=20]]");
  await system.held(1);
  // The last word of what is held: the five pieces may come to the page one after the other.
  await expect(chat.text()).toHaveText(/w00004$/);
  const before = await chat.text().textContent();
  await app.reload();
  await expect(chat.text()).toHaveText(before ?? "");
  await system.release("Reloaded");
  await expect(chat.complete()).toBeVisible();
  const [stored = ""] = await chat.stored(token);
  await expect(chat.text()).toHaveText(stored);
  expect(await system.calls("Reloaded")).toBe(1);
});

test("a gateway restart in mid-answer loses nothing", async ({ app, system, token }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.hasAllCode();
  await chat.ask("Restarted [[hold=20 chunks=100 delay=0.05]]");
  await system.held(1);
  await expect(chat.text()).not.toBeEmpty();
  await system.let("gateway", "kill");
  await expect(app.locator("[data-slot=connection-notice]")).toHaveText(
    "Connection lost. Reconnecting; your messages are kept.",
  );
  // The rest is written while the gateway is away and comes back.
  await system.release("Restarted");
  await system.let("gateway", "start");
  await chat.isLive();
  await expect(chat.complete()).toBeVisible();
  const [stored = ""] = await chat.stored(token);
  await expect(chat.text()).toHaveText(stored);
  expect(await system.calls("Restarted")).toBe(1);
});

test("a worker killed in mid-answer: it starts again, and is answered once", async ({
  app,
  system,
  token,
}) => {
  const chat = new Chat(app);
  const answer = { vary: true, chunks: 20 };
  await system.script("Survives", { ...answer, hold: 5 });
  await chat.open();
  await chat.ask("Survives");
  await system.held(1);
  await expect(chat.text()).not.toBeEmpty();
  await system.let("worker", "kill");
  await system.held(0);
  // The second attempt is held before its first word, for as long as it takes to read what is said of it.
  await system.script("Survives", { ...answer, hold: 0 });
  await system.let("worker", "start");
  await system.held(1);
  await expect(chat.answer()).toContainText("The answer was interrupted and is starting again.");
  await system.release("Survives");
  await expect(chat.complete()).toBeVisible();
  const stored = await chat.stored(token);
  expect(stored).toHaveLength(1);
  expect(stored[0]).toContain("of call 2");
  await expect(chat.text()).toHaveText(stored[0] ?? "");
  await expect(chat.answer()).not.toContainText("interrupted");
});

test("offline: the question waits, and goes out once", async ({ app, context, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await context.setOffline(true);
  await expect(app.locator("[data-slot=connection-notice]")).toHaveText(
    "You are offline. Messages go out when you are back.",
  );
  await chat.ask("Written offline");
  await expect(chat.questions).toContainText("Sending…");
  await context.setOffline(false);
  await expect(chat.complete()).toBeVisible();
  expect(await system.calls("Written offline")).toBe(1);
});

test("a question written while the gateway is away survives a reload", async ({ app, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await system.let("gateway", "pause");
  await chat.ask("Before the reload");
  await expect(chat.questions).toContainText("Sending…");
  const kept = await app.evaluate(
    () => Object.entries(localStorage).find(([key]) => key.includes("outbox"))?.[1],
  );
  expect(kept).toContain("Before the reload");
  await system.let("gateway", "resume");
  await app.reload();
  await expect(chat.complete()).toBeVisible();
  await expect(chat.questions).toHaveCount(1);
  expect(await system.calls("Before the reload")).toBe(1);
});

test("two tabs show one conversation, live", async ({ app, context, system, token }) => {
  const chat = new Chat(app);
  await chat.open();
  const second = await context.newPage();
  await signIn(second, token);
  const other = new Chat(second);
  await other.open("/company/MSFT");
  await chat.ask("Seen in both [[hold=3]]");
  await system.held(1);
  await expect(other.questions).toHaveText(/Seen in both/);
  await expect(other.text()).not.toBeEmpty();
  await system.release("Seen in both");
  await expect(other.complete()).toBeVisible();
  await other.ask("And back");
  await expect(chat.complete(1)).toBeVisible();
  await expect(chat.questions).toHaveCount(2);
});

test("an ended token is said, and signing in goes on", async ({ page, system, user }) => {
  // Long enough for the page to open and the chat to be live before it ends.
  await signIn(page, await system.token(user, 12));
  const chat = new Chat(page);
  await chat.open();
  await expect(page.locator("[data-slot=connection-notice]")).toHaveText("Your session ended. · Sign in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await chat.isLive();
});

for (const [what, token] of [
  ["signed by somebody else", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYWxsb3J5IiwiZXhwIjo5OTk5OTk5OTk5fQ.c2lnbmVk"],
  ["no token at all", "garbage"],
] as const) {
  test(`a token that is ${what} is refused: the page and the chat offer to sign in`, async ({ page }) => {
    await signIn(page, token);
    await page.goto("/company/KO");
    await expect(page.getByRole("alert")).toContainText("Your session ended.");
    await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
    await expect(page.locator("[data-slot=connection-notice]")).toHaveText("Your session ended. · Sign in");
    await expect(page.getByRole("status", { name: "Loading the conversation" })).toHaveCount(0);
    await page.getByRole("alert").getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Coca-Cola Company (The)" })).toBeVisible();
    await new Chat(page).isLive();
  });
}

test("a demo user's ended token is renewed without a word", async ({ page, system }) => {
  const chat = new Chat(page);
  await page.goto("/company/KO");
  // The first tokens end within the minute of which the gateway warns; the next ones are as it gives them.
  const short = await system.token("demo", 45);
  let given = 0;
  await page.route("**/api/dev/token", async (route) => {
    given += 1;
    if (given <= 2) await route.fulfill({ json: { token: short, expires_at: 0 } });
    else await route.continue();
  });
  await page.reload();
  await page.getByRole("button", { name: "Continue as demo user" }).click();
  await chat.isLive();
  await expect.poll(() => given).toBeGreaterThan(2);
  await chat.isLive();
  await expect(page.locator("[data-slot=connection-notice]")).toHaveCount(0);
});
