import { askChecked } from "./checked.ts";
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
      await chat.answer().locator("[data-slot=result]").scrollIntoViewIfNeeded();
      await shoot(app, `figure-table-${form}-${colorScheme}`);
    });
  });
}
