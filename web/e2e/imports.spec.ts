import { Chat, expect, test } from "./fixtures.ts";
import type { System } from "./system.ts";

test.use({ ownSystem: "imports" });

/** The newest analysis of a company again, of a later day and with another score, made by hand. */
async function importNewer(system: System, token: string, ticker: string, asOf: string): Promise<void> {
  const response = await fetch(`${system.url}/api/analyses/${ticker}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { metrics, rationale } = (await response.json()) as Record<string, unknown>;
  await system.import({
    ticker,
    as_of: asOf,
    rating: "buy",
    score: 71.5,
    summary: "Made by hand.",
    made_by: "desk-7",
    metrics,
    rationale,
  });
}

test("an import lands: the notice appears under the answer while one looks at it, and leads on", async ({
  app,
  system,
  token,
}) => {
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Why is it rated so?");
  await expect(chat.complete()).toBeVisible();
  const notice = chat.answer().locator("[data-slot=stale]");
  await expect(app.locator("[data-slot=score]")).toHaveText("57.9");
  await expect(notice).toHaveCount(0);

  await importNewer(system, token, "KO", "2026-08-29");
  await expect(notice).toHaveText("Newer analysis of 29 Aug · Ask again · What changed");
  await expect(app.locator("[data-slot=score]")).toHaveText("71.5");

  await notice.getByRole("button", { name: "Ask again" }).click();
  await expect(chat.complete(1)).toBeVisible();
  await expect(chat.answer(1).locator("[data-slot=source]")).toHaveText(
    /^KO · analysis of 29 Aug · Buy 71\.5/,
  );
  await expect(chat.answer(1).locator("[data-slot=stale]")).toHaveCount(0);
  await notice.getByRole("button", { name: "What changed" }).click();
  await expect(chat.questions.nth(2)).toHaveText(/since 22 Aug/);
  await expect(chat.complete(2)).toBeVisible();
});

test("another company's import leaves an answer as it is", async ({ app, system, token }) => {
  const chat = new Chat(app);
  await chat.open("/company/PEP");
  await chat.ask("Why is it rated so?");
  await expect(chat.complete()).toBeVisible();
  await importNewer(system, token, "MSFT", "2026-08-29");
  // The overview is read again: that is how one sees that the news has come.
  await app.getByRole("link", { name: "Overview" }).first().click();
  await app.getByRole("searchbox", { name: "Search companies" }).fill("microsoft");
  await expect(app.getByRole("link", { name: /^MSFT\s*Microsoft/ }).last()).toBeVisible();
  await expect(app.getByText("71.5").first()).toBeVisible();
  await expect(chat.answer().locator("[data-slot=stale]")).toHaveCount(0);
});
