import AxeBuilder from "@axe-core/playwright";
import { askChecked } from "./checked.ts";
import { Chat, expect, test } from "./fixtures.ts";

test("a figure leads to its row, says where it is from, and works from the keyboard", async ({
  app,
  system,
  token,
}) => {
  const chat = new Chat(app);
  await askChecked(app, chat, system, token);
  await expect(chat.answer().locator("[data-slot=figure-count]")).toHaveText(
    "11 figures · 9 verified · 1 not found",
  );
  const card = app.locator("[data-slot=figure-card]");
  const figure = chat.answer().getByRole("button", { name: /^27\.36, verified/ });
  await figure.focus();
  await app.keyboard.press("Enter");
  await expect(card).toBeVisible();
  await expect(card).toContainText("P/E · KO · 22 Aug");
  const row = app.locator("[data-figure-row=metric-price_earnings]");
  await expect(row).toHaveAttribute("data-lit");
  await expect(row).toBeInViewport();
  await expect(row).not.toHaveAttribute("data-lit");
  await app.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expect(figure).toBeFocused();

  await chat
    .answer()
    .getByRole("button", { name: /^1\.14 pp/ })
    .click();
  await expect(card).toContainText("1.14 pp = 3.48 % − 2.34 %");
  await card.getByRole("button", { name: /peers' median/ }).click();
  await expect(app.locator("[data-figure-row=metric-dividend_yield]")).toHaveAttribute("data-lit");
  await app.keyboard.press("Escape");

  await chat.answer().getByRole("button", { name: "8.03, not found in the analysis" }).click();
  await expect(card).toContainText("The analysis has no such figure.");
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([]);
  await app.keyboard.press("Escape");

  await chat
    .answer()
    .getByRole("button", { name: /^19\.80/ })
    .click();
  await expect(app.getByRole("heading", { level: 1, name: /PepsiCo/ })).toBeVisible();
  await expect(app.locator("[data-figure-row=metric-price_earnings]")).toHaveAttribute("data-lit");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("the card leads from the chat to the page", async ({ app, system, token }) => {
    const chat = new Chat(app);
    await askChecked(app, chat, system, token);
    await chat
      .answer()
      .getByRole("button", { name: /^2\.34 %/ })
      .click();
    const card = app.locator("[data-slot=figure-card]");
    await expect(card).toBeInViewport({ ratio: 1 });
    await card.getByRole("button", { name: /Dividend yield/ }).click();
    await expect(chat.box).toBeHidden();
    await expect(app.locator("[data-figure-row=metric-dividend_yield]")).toBeInViewport();
  });
});
