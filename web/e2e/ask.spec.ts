import type { Locator, Page } from "@playwright/test";
import { Chat, expect, test } from "./fixtures.ts";

test("one click signs in; overview, company, question, answer, its source", async ({ page }) => {
  const chat = new Chat(page);
  await page.goto("/");
  await page.getByRole("button", { name: "Continue as demo user" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search companies" }).fill("coca");
  await page
    .getByRole("link", { name: /^KO\s*Coca-Cola Company/ })
    .last()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Coca-Cola Company (The)" })).toBeVisible();
  await chat.isLive();

  await page.getByRole("button", { name: "How does the latest dividend yield affect this rating?" }).click();
  await expect(chat.questions).toHaveText(/How does the latest dividend yield/);
  await expect(chat.complete()).toBeVisible();
  const source = chat.answer().locator("[data-slot=source]");
  await expect(source).toHaveText(/KO · analysis of 22 Aug · Hold 57\.9/);
  await source.click();
  await expect(page).toHaveURL(/\/company\/KO\?analysis=\d+/);
  await expect(page.locator("[data-slot=score]")).toHaveText("57.9");
});

test("the answer is shown as it is stored, dollars and all", async ({ app, token }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("What does it cost? [[chunks=30]]");
  await expect(chat.complete()).toBeVisible();
  const [stored = ""] = await chat.stored(token);
  expect(stored).toContain("$3.10");
  await expect(chat.text()).toHaveText(stored);
});

test("a line of the waterfall asks about itself", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open();
  await app.getByRole("button", { name: /^EBITDA margin/ }).click();
  await expect(chat.questions).toHaveText(/How does the EBITDA margin affect this rating\?/);
  await expect(chat.complete()).toBeVisible();
});

test("navigating while it streams: the answer goes on and keeps its company", async ({ app, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("About the margin [[hold=4]]");
  await system.held(1);
  await expect(chat.text()).not.toBeEmpty();

  await app.keyboard.press("Control+k");
  await app.getByRole("combobox", { name: "Ticker or name" }).fill("microsoft");
  await expect(app.getByRole("option", { name: /Microsoft/ })).toHaveAttribute("aria-selected", "true");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("heading", { name: "Microsoft", exact: true })).toBeVisible();
  await expect(app.locator("[data-slot=divider]")).toHaveText("Now viewing Microsoft · 22 Aug");
  await expect(app.locator("[data-slot=chat-context]")).toHaveText("MSFT · 22 Aug");
  await expect(chat.complete()).toHaveCount(0);

  await system.release("About the margin");
  await expect(chat.complete()).toBeVisible();
  await expect(chat.answer().locator("[data-slot=source]")).toHaveText(/^KO · analysis of 22 Aug/);

  await chat.ask("And here?");
  await expect(chat.complete(1)).toBeVisible();
  await expect(chat.answer(1).locator("[data-slot=source]")).toHaveText(/^MSFT · analysis of 22 Aug/);
});

test("the analysis on the page is the one that is read, also an older one", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open();
  await app.getByRole("link", { name: /^15 Aug 2026/ }).click();
  await expect(app.locator("[data-slot=score]")).toHaveText("56.4");
  await expect(app.locator("[data-slot=chat-context]")).toHaveText("KO · 15 Aug");
  await chat.ask("Why was it rated so?");
  await expect(chat.complete()).toBeVisible();
  await expect(chat.answer().locator("[data-slot=source]")).toHaveText(
    /^KO · analysis of 15 Aug · Hold 56\.4/,
  );
  await app.getByRole("link", { name: "Open the newest" }).click();
  await expect(app.locator("[data-slot=chat-context]")).toHaveText("KO · 22 Aug");
  await chat.ask("And now?");
  await expect(chat.complete(1)).toBeVisible();
  await expect(chat.answer(1).locator("[data-slot=source]")).toHaveText(/^KO · analysis of 22 Aug/);
});

test("Esc stops the model; what was written stays, and can be asked again", async ({ app, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("A long one [[hold=3 times=1]]");
  await system.held(1);
  await expect(chat.text()).not.toBeEmpty();
  await app.keyboard.press("Escape");
  await expect(chat.complete()).toContainText("Stopped by you.");
  await expect(chat.text()).not.toBeEmpty();
  await system.held(0);

  await chat.answer().getByRole("button", { name: "Ask again" }).first().click();
  await expect(chat.complete(1)).toBeVisible();
});

test("three questions at once are answered in order; one that waits can be taken back", async ({
  app,
  system,
  token,
}) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("First of the queue [[hold=2]]");
  await system.held(1);
  await chat.ask("Second of the queue");
  await chat.ask("Third of the queue");
  await expect(chat.questions.nth(1)).toContainText("Queued, 2nd in line");
  await expect(chat.questions.nth(2)).toContainText("Queued, 3rd in line");
  await chat.questions.nth(1).getByRole("button", { name: "Take this question back" }).click();
  await expect(chat.questions.nth(1)).not.toContainText("Queued");
  await system.release("First of the queue");
  await expect(chat.answer(1)).toContainText("Stopped by you.");
  await expect(app.locator("[data-slot=answer][data-status=complete]")).toHaveCount(3);
  expect(await chat.stored(token)).toHaveLength(3);
  await expect(chat.questions.nth(2)).not.toContainText("Queued");
});

test("a failed question is kept and asked again", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Fails once [[fail=400 times=1]]");
  await expect(chat.questions).toContainText("No answer came. Your question is kept.");
  await chat.questions.getByRole("button", { name: "Retry" }).click();
  await expect(chat.complete()).toBeVisible();
  await expect(chat.questions).toHaveCount(1);
});

test("an answer cut at the limit, and one declined, say so", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Too long [[finish=MAX_TOKENS]]");
  await expect(chat.complete()).toContainText("Cut at the length limit. · Continue");
  await chat.ask("Not this [[finish=SAFETY]]");
  await expect(chat.complete(1)).toContainText("The model declined to answer this. Try other words.");
});

test("conversations: a new one, the past ones, back to one, and gone", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("The first conversation");
  await expect(chat.complete()).toBeVisible();
  await app.getByRole("button", { name: "New conversation" }).first().click();
  await expect(chat.questions).toHaveCount(0);
  await chat.isLive();
  await chat.ask("The second conversation");
  await expect(chat.complete()).toBeVisible();

  await app.getByRole("button", { name: "Conversation menu" }).click();
  await app.getByRole("button", { name: "Past conversations" }).click();
  await app
    .getByRole("button", { name: /The first conversation/ })
    .first()
    .click();
  await expect(chat.questions).toHaveText(/The first conversation/);
  await expect(chat.complete()).toBeVisible();

  await app.getByRole("button", { name: "Delete “The first conversation”" }).click();
  await expect(app.getByText("The first conversation")).toHaveCount(0);
  await app.getByRole("listitem").filter({ hasText: "Conversation deleted" }).getByRole("button").click();
  await expect(chat.questions).toHaveText(/The first conversation/);
  await expect(chat.complete()).toBeVisible();

  // The menu in the chat does the same; a page that goes away does not wait for the time to undo.
  await app.getByRole("button", { name: "Conversation menu" }).click();
  await app.getByRole("button", { name: "Delete this conversation" }).click();
  await expect(chat.questions).toHaveCount(0);
  await expect(app.locator("[data-slot=deletion-notice]")).toHaveText("Conversation deleted · Undo");
  await expect(async () => {
    await app.reload();
    await expect(app.getByText("The second conversation")).toBeVisible();
    expect(await app.getByText("The first conversation").count()).toBe(0);
  }).toPass();
});

/** How far the top of a part is below the top of the log, and how far the log is from its end. */
function places(page: Page) {
  const log = page.getByLabel("Conversation", { exact: true });
  return {
    log,
    scrolled: () => log.evaluate((element) => element.scrollTop),
    toEnd: () => log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop),
    below: async (part: Locator) => {
      const [frame, box] = [await log.boundingBox(), await part.boundingBox()];
      if (!frame || !box) throw new Error("not in the page");
      return Math.round(box.y - frame.y);
    },
  };
}

test("one's own question comes to the top, and a long answer keeps it there", async ({ app, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Fill the log [[chunks=120 size=20]]");
  await expect(chat.complete()).toBeVisible();
  const { log, below, scrolled } = places(app);
  // The first answer is longer than the log is high, and its question is where it was asked.
  expect(await below(chat.questions.first())).toBeGreaterThanOrEqual(0);
  expect(await below(chat.questions.first())).toBeLessThan(60);

  await log.hover();
  await app.mouse.wheel(0, 700);
  await expect.poll(scrolled).toBeGreaterThan(300);
  await app.mouse.wheel(0, -300);
  await chat.ask("Asked while scrolled up [[chunks=200 size=20 hold=100]]");
  await expect(chat.questions.nth(1)).toBeInViewport({ ratio: 1 });
  await system.held(1);
  await expect(chat.text(1)).toContainText("w00280");
  await expect.poll(() => below(chat.questions.nth(1))).toBeLessThan(60);
  await system.release("Asked while scrolled up");
  await expect(chat.complete(1)).toBeVisible();
  expect(await below(chat.questions.nth(1))).toBeGreaterThanOrEqual(0);
  expect(await below(chat.questions.nth(1))).toBeLessThan(60);
});

test("the reader who goes to the end is kept there; who scrolls up is not fought", async ({
  app,
  system,
}) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Grow slowly [[chunks=300 size=20 hold=100]]");
  await system.held(1);
  // Near the end of the 2000 characters that are held: all of them are here, and nothing grows until the release.
  await expect(chat.text()).toContainText("w00280");
  const { log, scrolled, toEnd } = places(app);
  await expect.poll(toEnd).toBeGreaterThan(200);
  await app.getByRole("button", { name: "Jump to latest" }).click();
  await expect.poll(toEnd).toBeLessThan(40);
  const end = await scrolled();
  await system.release("Grow slowly");
  await expect(chat.complete()).toBeVisible();
  await expect.poll(toEnd).toBeLessThan(40);
  expect(await scrolled()).toBeGreaterThan(end + 500);

  await app.reload();
  await expect(chat.complete()).toBeVisible();
  await expect.poll(toEnd).toBeLessThan(40);
  await system.script("Second", { chunks: 200, size: 20, hold: 100 });
  await chat.ask("Second");
  await system.held(1);
  await expect(chat.text(1)).toContainText("w00280");
  const start = await scrolled();
  await log.hover();
  await app.mouse.wheel(0, -600);
  // Where the wheel leads to, not somewhere on the way.
  await expect.poll(async () => Math.round(start - (await scrolled()))).toBe(600);
  const before = await scrolled();
  await system.release("Second");
  await expect(chat.complete(1)).toBeVisible();
  expect(Math.abs((await scrolled()) - before)).toBeLessThan(5);
  await app.getByRole("button", { name: "Jump to latest" }).click();
  await expect.poll(toEnd).toBeLessThan(40);
});
