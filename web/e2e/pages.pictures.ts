import { Chat, expect, test } from "./fixtures.ts";
import { FORMS, shoot } from "./shoot.ts";

test.use({ offlineModel: true });

const DIVIDEND = "How does the latest dividend yield affect this rating?";
const PAGES = [
  ["overview", "/"],
  ["company", "/company/KO"],
  ["not-rated", "/company/BRK.B"],
  ["unknown", "/company/NOPE"],
  ["conversations", "/conversations"],
  ["about", "/about"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const form of ["wide", "tablet", "phone"] as const) {
    test.describe(`${colorScheme} ${form}`, () => {
      test.use({ colorScheme, viewport: FORMS[form] });

      test("pages", async ({ app }) => {
        const chat = new Chat(app);
        await app.goto("/company/KO");
        if (form !== "wide") await app.getByRole("button", { name: "Ask", exact: true }).click();
        await chat.isLive();
        await chat.ask(DIVIDEND);
        await expect(chat.complete()).toBeVisible();
        await chat.ask("Who is the CEO?");
        await expect(chat.complete(1)).toBeVisible();
        await app.mouse.move(0, 0);
        await shoot(app, `chat-${form}-${colorScheme}`);
        if (form !== "wide") await app.getByRole("button", { name: "Hide the chat" }).click();
        for (const [name, path] of PAGES) {
          await app.goto(path);
          await expect(app.getByRole("heading", { level: 1 })).toBeAttached();
          await shoot(app, `${name}-${form}-${colorScheme}`);
        }
        await app.goto("/company/KO");
        await expect(app.getByRole("heading", { name: "History" })).toBeVisible();
        await shoot(app, `company-whole-${form}-${colorScheme}`, { fullPage: true });
      });
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`for the README, ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: FORMS.wide });

    test("a checked answer with a card open", async ({ app }) => {
      const chat = new Chat(app);
      await chat.open();
      await chat.ask("Is it dearer than PepsiCo, and how has its P/E moved?");
      await expect(chat.complete()).toBeVisible();
      await chat.answer().locator("[data-slot=figure][data-state=verified]").first().click();
      await expect(app.locator("[data-slot=figure-card]")).toBeVisible();
      await shoot(app, `answer-${colorScheme}`);
    });
  });
}

test("sign-in", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Continue as demo user" })).toBeVisible();
  await shoot(page, "sign-in");
});

test("finder and keys", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open("/");
  await app.keyboard.press("Control+k");
  await app.getByRole("combobox", { name: "Ticker or name" }).fill("am");
  await shoot(app, "finder");
  await app.keyboard.press("Escape");
  await app.locator("main").focus();
  await app.keyboard.press("?");
  await shoot(app, "keys");
});

test("empty chat with suggested questions", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open("/company/JPM");
  await expect(app.locator("[data-slot=suggestions] button").first()).toBeVisible();
  await shoot(app, "chat-empty");
});
