import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Chat, expect, test } from "./fixtures.ts";

const PAGES = [
  ["overview", "/"],
  ["company", "/company/KO"],
  ["not rated", "/company/BRK.B"],
  ["unknown company", "/company/NOPE"],
  ["conversations", "/conversations"],
  ["about", "/about"],
  ["not found", "/nowhere"],
] as const;

async function violations(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
  );
}

for (const theme of ["light", "dark"] as const) {
  for (const [form, viewport] of [
    ["wide", { width: 1440, height: 900 }],
    ["phone", { width: 390, height: 844 }],
  ] as const) {
    test.describe(`${theme}, ${form}`, () => {
      test.use({ viewport, colorScheme: theme });
      test("no page has an axe violation", async ({ app }) => {
        test.slow();
        const found: Record<string, string[]> = {};
        for (const [name, path] of PAGES) {
          await app.goto(path);
          await expect(app.getByRole("heading", { level: 1 })).toBeAttached();
          await expect(app.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
          await app.waitForLoadState("networkidle");
          found[name] = await violations(app);
        }
        expect(found).toEqual(Object.fromEntries(PAGES.map(([name]) => [name, []])));
      });

      test("the chat, asked and answered, has no axe violation", async ({ app, system, user }) => {
        const chat = new Chat(app);
        await app.goto("/company/KO");
        if (form === "phone") await app.getByRole("button", { name: "Ask", exact: true }).click();
        await chat.isLive();
        await chat.ask("Answered");
        await expect(chat.complete()).toBeVisible();
        await chat.ask(`${user} waits for axe [[hold=2]]`);
        await system.held(1);
        await expect(chat.text(1)).toContainText("$3.");
        await chat.ask("Queued for axe");
        await expect(chat.questions.nth(2)).toContainText("Queued, 2nd in line");
        expect(await violations(app)).toEqual([]);
        await system.release(`${user} waits`);
      });
    });
  }
}

test("no page scrolls as a whole: each part scrolls inside its own frame", async ({ app }) => {
  test.slow();
  const chat = new Chat(app);
  await chat.open();
  // Long enough for the conversation to scroll too.
  await chat.ask("Fill the log [[chunks=150 size=20]]");
  await expect(chat.complete()).toBeVisible();
  const found: Record<string, number> = {};
  for (const width of [390, 768, 1024, 1180, 1280, 1440, 1600]) {
    await app.setViewportSize({ width, height: 844 });
    for (const [name, path] of PAGES) {
      await app.goto(path);
      await expect(app.getByRole("heading", { level: 1 })).toBeAttached();
      await expect(app.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
      const beyond = await app.evaluate(
        () =>
          document.documentElement.scrollHeight - window.innerHeight + document.documentElement.scrollLeft,
      );
      if (beyond !== 0) found[`${name} at ${width}`] = beyond;
    }
  }
  expect(found).toEqual({});
});

test("a sign-in page without violations", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Continue as demo user" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("keys", async ({ app }) => {
  const chat = new Chat(app);
  const firstRow = app.locator('[data-row="0"] a');
  await chat.open("/");
  await expect(firstRow).toBeVisible();
  await app.locator("main").focus();
  await app.keyboard.press("/");
  await expect(app.getByRole("searchbox", { name: "Search companies" })).toBeFocused();
  // In a field a letter is a letter.
  await app.keyboard.type("j]");
  await expect(app.getByRole("searchbox", { name: "Search companies" })).toHaveValue("j]");
  await expect(chat.box).toBeVisible();
  await expect(app.getByText("No company matches")).toBeVisible();
  await app.getByRole("searchbox", { name: "Search companies" }).fill("");
  await expect(firstRow).toBeVisible();
  await app.keyboard.press("Escape");

  await app.keyboard.press("j");
  await app.keyboard.press("j");
  await app.keyboard.press("k");
  await app.keyboard.press("j");
  await expect(app.locator('[data-row="1"] a')).toBeFocused();
  await app.keyboard.press("Enter");
  await expect(app).toHaveURL(/\/company\/AAPL/);

  await app.keyboard.press("]");
  await expect(chat.box).toBeHidden();
  await app.keyboard.press("]");
  await expect(chat.box).toBeFocused();
  await app.locator("main").focus();
  await app.keyboard.press("?");
  await expect(app.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await app.keyboard.press("Escape");
  await expect(app.getByRole("dialog", { name: "Keys" })).toBeHidden();

  await chat.ask("Recall me");
  await expect(chat.complete()).toBeVisible();
  await chat.box.press("ArrowUp");
  await expect(chat.box).toHaveValue("Recall me");
});

test("filters live in the address", async ({ app }) => {
  await app.goto("/?sector=Utilities&sort=-yield");
  await expect(app.getByLabel("Sector")).toHaveValue("Utilities");
  await expect(app.getByRole("columnheader", { name: "Yield" })).toHaveAttribute("aria-sort", "descending");
  await app.getByLabel("Rating", { exact: true }).selectOption("buy");
  await expect(app).toHaveURL(/rating=buy/);
  await app.getByLabel("Rating", { exact: true }).selectOption("");
  await app.getByRole("searchbox").fill("zzzz");
  await expect(app.getByText("No company matches")).toBeVisible();
});

test("the sidebar's width and state are remembered", async ({ app }) => {
  const chat = new Chat(app);
  await chat.open("/about");
  const handle = app.getByRole("separator", { name: "Width of the chat" });
  await handle.focus();
  await handle.press("ArrowLeft");
  await handle.press("ArrowLeft");
  await expect(handle).toHaveAttribute("aria-valuenow", "432");
  await app.reload();
  await expect(handle).toHaveAttribute("aria-valuenow", "432");
  await app.getByRole("button", { name: "Hide the chat" }).click();
  await app.reload();
  await expect(app.getByRole("button", { name: "Ask", exact: true })).toBeVisible();
  await expect(chat.box).toBeHidden();
});

test("an older analysis says so and leads to the newest", async ({ app }) => {
  await app.goto("/company/KO");
  await app.getByRole("link", { name: /^15 Aug 2026/ }).click();
  await expect(app.getByRole("status").filter({ hasText: "This is the analysis of 15 Aug." })).toBeVisible();
  await expect(app.locator("[data-slot=score]")).toHaveText("56.4");
  await app.getByRole("link", { name: "Open the newest" }).click();
  await expect(app.locator("[data-slot=score]")).toHaveText("57.9");
});

test("a page whose code is late has a title and no axe violation", async ({ app }) => {
  const chat = new Chat(app);
  const code = Promise.withResolvers<void>();
  await app.route("**/assets/CompanyPage-*.js", async (route) => {
    await code.promise;
    await route.continue();
  });
  await app.goto("/company/KO");
  await expect(app.getByRole("heading", { level: 1, name: "Loading" })).toBeAttached();
  await chat.isLive();
  expect(await violations(app)).toEqual([]);
  code.resolve();
  await expect(app.getByRole("heading", { level: 1, name: "Coca-Cola" })).toBeVisible();
  await expect(app.getByRole("heading", { level: 1 })).toHaveCount(1);
});

test("what cannot be loaded is said, and can be tried again", async ({ app }) => {
  await app.route("**/api/analyses", (route) =>
    route.fulfill({
      status: 503,
      json: { code: "unavailable", message: "The service is not available right now." },
    }),
  );
  await app.goto("/");
  await expect(app.getByRole("alert")).toContainText("The service is not available right now.");
  await new Chat(app).isLive();
  expect(await violations(app)).toEqual([]);
  await app.unroute("**/api/analyses");
  await app.getByRole("button", { name: "Try again" }).click();
  await expect(app.getByRole("heading", { name: "Overview" })).toBeVisible();
});

test("what changed between two analyses, whichever of them is chosen first", async ({ app }) => {
  await app.goto("/company/KO");
  const points = app.getByRole("table", { name: "Points" });
  const place = points.getByRole("row", { name: /^Place in the 52-week range/ });
  await expect(place).toHaveText("Place in the 52-week range+4.5+5.7+1.2");
  await expect(
    app.getByRole("table", { name: "Figures" }).getByRole("row", { name: /^Price / }),
  ).toContainText("$87.71$91.10");

  await app.getByRole("combobox", { name: "From" }).selectOption({ label: "22 Aug 2026" });
  await expect(app.getByText("The same analysis twice: choose another day.")).toBeVisible();
  await app.getByRole("combobox", { name: "To", exact: true }).selectOption({ label: "15 Aug 2026" });
  await expect(place).toHaveText("Place in the 52-week range+4.5+5.7+1.2");
});
