import type { Locator, Page } from "@playwright/test";
import { askChecked, says } from "./checked.ts";
import { Chat, expect, test } from "./fixtures.ts";
import { FORMS, shoot } from "./shoot.ts";

for (const [colorScheme, form] of [
  ["light", "wide"],
  ["dark", "wide"],
  ["light", "phone"],
  ["dark", "phone"],
] as const) {
  test.describe(`${colorScheme} ${form}`, () => {
    test.use({ colorScheme, viewport: FORMS[form] });

    test("a checked answer, a card, a flagged figure", async ({ app, system, token }) => {
      const chat = new Chat(app);
      await askChecked(app, chat, system, token);
      const card = app.locator("[data-slot=figure-card]");
      await chat
        .answer()
        .getByRole("button", { name: /^27\.36/ })
        .click();
      await expect(card).toBeVisible();
      await shoot(app, `figure-card-${form}-${colorScheme}`);
      await app.keyboard.press("Escape");
      await chat
        .answer()
        .getByRole("button", { name: /^1\.14 pp/ })
        .click();
      await expect(card).toContainText("=");
      await shoot(app, `figure-derived-${form}-${colorScheme}`);
      await app.keyboard.press("Escape");
      await chat
        .answer()
        .getByRole("button", { name: /^8\.03/ })
        .click();
      await expect(card).toContainText("no such figure");
      await shoot(app, `figure-flagged-${form}-${colorScheme}`);
      await app.keyboard.press("Escape");
      for (const [index, name] of ["comparison", "screen", "history"].entries()) {
        await show(chat.answer().locator("[data-slot=result]").nth(index));
        await shoot(app, `result-${name}-${form}-${colorScheme}`);
      }
    });

    test("look-ups that run, and one in vain", async ({ app, system }) => {
      await alterFrames(app, (frame) => (frame.type === "ai_start" ? [frame, ...running(frame)] : [frame]));
      // Of its own in each form and theme: what was released once is not held again.
      const please = `${colorScheme === "dark" ? ", please" : ""}${form === "phone" ? "?" : ""}`;
      const question = `Compare Coca-Cola with PepsiCo and Pepsi Bottling${please}`;
      await system.script(question, { hold: 0 });
      const chat = await opened(app);
      await chat.ask(question);
      await system.held(1);
      await expect(chat.answer().locator("[data-slot=lookups] li")).toHaveCount(3);
      await shoot(app, `lookups-running-${form}-${colorScheme}`);
      await system.release(question);
      await expect(chat.complete()).toBeVisible();
    });

    test("an answer from an analysis that is no longer the newest", async ({ app, system }) => {
      await says(system, "Why is it rated so?", RATED_SO);
      const chat = await opened(app);
      await chat.ask("Why is it rated so?");
      await expect(chat.complete()).toBeVisible();
      // As after an import: the companies come with a later date.
      await app.route("**/api/analyses", async (route) => {
        const response = await route.fetch();
        const rows = (await response.json()) as Array<{ ticker: string; as_of: string }>;
        await route.fulfill({
          response,
          json: rows.map((row) => (row.ticker === "KO" ? { ...row, as_of: "2026-08-29" } : row)),
        });
      });
      await app.reload();
      await openChat(app, chat);
      await expect(app.locator("[data-slot=stale]")).toBeVisible();
      await shoot(app, `stale-${form}-${colorScheme}`);
    });
  });
}

const RATED_SO =
  "Coca-Cola is a **hold** with 57.9 points. Most in favour is its EBITDA margin of 33.91 %; most against is its " +
  "dividend yield of 2.34 %, below the peers' median of 3.48 %.";

interface Frame {
  type: string;
  [field: string]: unknown;
}

/** Look-ups as they are told while they run. */
function running({ turn_id, attempt, seq }: Frame): Frame[] {
  const lookup = { type: "ai_lookup", turn_id, attempt, tool: "get_analysis", sources: [], seq };
  return [
    { ...lookup, n: 1, words: "Looking up Coca-Cola, 22 Aug", status: "ok" },
    { ...lookup, n: 2, words: "Looking up Pepsi Bottling, 22 Aug…", status: "failed" },
    { ...lookup, n: 3, tool: "compare", words: "Comparing Coca-Cola, PepsiCo, 22 Aug…", status: "running" },
  ];
}

async function alterFrames(app: Page, alter: (frame: Frame) => Frame[]): Promise<void> {
  await app.routeWebSocket("**/ws/chat/**", (socket) => {
    let added = 0;
    const server = socket.connectToServer();
    server.onMessage((message) => {
      for (const [index, frame] of alter(JSON.parse(String(message)) as Frame).entries()) {
        if (index > 0) added += 1;
        const seq = typeof frame.seq === "number" ? { seq: frame.seq + added } : {};
        socket.send(JSON.stringify({ ...frame, ...seq }));
      }
    });
  });
}

async function opened(app: Page): Promise<Chat> {
  const chat = new Chat(app);
  await app.goto("/company/KO");
  await openChat(app, chat);
  return chat;
}

async function openChat(app: Page, chat: Chat): Promise<void> {
  const ask = app.getByRole("button", { name: "Ask", exact: true });
  await expect(ask.or(chat.box)).toBeVisible();
  if (await ask.isVisible()) await ask.click();
  await chat.isLive();
}

async function show(part: Locator): Promise<void> {
  await part.evaluate((element) => element.scrollIntoView({ block: "center" }));
}
