import { Chat, expect, signIn, test } from "./fixtures.ts";
import { FORMS, shoot } from "./shoot.ts";

test.use({ viewport: FORMS.laptop, colorScheme: "dark" });

test("thinking, streaming, queued, navigated", async ({ app, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Why is it rated so? [[hold=0]]");
  await system.held(1);
  await shoot(app, "state-thinking");
  await chat.ask("And the dividend?");
  await chat.ask("And the P/E?");
  await expect(chat.questions.nth(2)).toContainText("3rd in line");
  await app.goto("/company/MSFT");
  await expect(app.locator("[data-slot=divider]")).toBeVisible();
  await shoot(app, "state-queued-and-navigated");
  await system.release("Why is it rated so?");
  await expect(chat.complete(2)).toBeVisible();
  await shoot(app, "state-answered");
});

test("stopped, cut, declined, failed", async ({ app, system, user }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask(`Stop me, ${user} [[hold=3]]`);
  await system.held(1);
  await expect(chat.text()).not.toBeEmpty();
  await app.keyboard.press("Escape");
  await expect(chat.complete()).toBeVisible();
  await chat.ask("Too long [[finish=MAX_TOKENS]]");
  await expect(chat.complete(1)).toBeVisible();
  await chat.ask("Not this [[finish=SAFETY]]");
  await expect(chat.complete(2)).toBeVisible();
  await chat.ask("Fails [[fail=400]]");
  await expect(chat.questions.nth(3)).toContainText("No answer came");
  await shoot(app, "state-endings");
});

test("interrupted", async ({ app, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Interrupted [[hold=4 times=1 first=1]]");
  await system.held(1);
  await expect(chat.text()).not.toBeEmpty();
  await system.let("worker", "kill");
  await system.let("worker", "start");
  await expect(chat.answer()).toContainText("interrupted", { timeout: 30_000 });
  await app.screenshot({ path: "../screenshots/state-interrupted.png" });
  await expect(chat.complete()).toBeVisible({ timeout: 30_000 });
});

test("offline and reconnecting", async ({ app, context, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await context.setOffline(true);
  await chat.ask("Written offline");
  await shoot(app, "state-offline");
  await context.setOffline(false);
  await expect(chat.complete()).toBeVisible();
  await system.let("gateway", "kill");
  await expect(app.locator("[data-slot=connection-notice]")).toContainText("Reconnecting");
  await app.screenshot({ path: "../screenshots/state-reconnecting.png" });
  await system.let("gateway", "start");
});

test("signed out", async ({ app }) => {
  await app.routeWebSocket("**/ws/chat/**", (socket) => {
    socket.onMessage(() => socket.close({ code: 4401 }));
  });
  await app.goto("/company/KO");
  await expect(app.getByRole("button", { name: "Sign in" })).toBeVisible();
  await shoot(app, "state-signed-out");
});

test("loading and failing", async ({ app }) => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await app.route("**/api/analyses", async (route) => {
    await asked;
    await route.fulfill({
      status: 503,
      json: { code: "unavailable", message: "The service is not available right now." },
    });
  });
  await app.goto("/", { waitUntil: "domcontentloaded" });
  await expect(app.getByRole("status", { name: "Loading", exact: true })).toBeVisible();
  await app.screenshot({ path: "../screenshots/state-loading.png" });
  answer();
  await expect(app.getByRole("alert")).toBeVisible({ timeout: 20_000 });
  await shoot(app, "state-error");
});

test("deleted, and the way back", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open();
  for (const question of ["What is its P/E?", "And the dividend?"]) {
    await chat.ask(question);
    await expect(chat.complete()).toBeVisible();
    await app.getByRole("button", { name: "New conversation" }).first().click();
    await chat.isLive();
  }
  await app.goto("/conversations");
  await app
    .getByRole("button", { name: /What is its P/ })
    .first()
    .click();
  await expect(chat.complete()).toBeVisible();
  await app.getByRole("button", { name: "Conversation menu" }).click();
  await app.getByRole("button", { name: "Delete this conversation" }).click();
  await shoot(app, "state-deleted");
});

test("a refused token", async ({ page }) => {
  await signIn(page, "garbage");
  await page.goto("/company/KO");
  await expect(page.getByRole("alert")).toBeVisible();
  await shoot(page, "state-refused");
});

test("a long answer under its question", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("A short one");
  await expect(chat.complete()).toBeVisible();
  await chat.ask("A long one [[chunks=200 size=20]]");
  await expect(chat.complete(1)).toBeVisible();
  await shoot(app, "state-long-answer");
});
