import AxeBuilder from "@axe-core/playwright";
import { EXAMPLES, expect, open, test } from "./run/fixtures.ts";

test("two users side by side are two chats, each in its language", async ({ page, visit, system }) => {
  await visit(`${EXAMPLES}two-users`);
  const [alice, bob] = [
    page.getByRole("region", { name: "Alice" }),
    page.getByRole("region", { name: "Bob" }),
  ];
  for (const side of [alice, bob]) await side.locator("[data-phase=live]").waitFor();
  await alice.getByLabel("Your question").fill("Of Alice? [[chunks=3]]");
  await alice.getByLabel("Your question").press("Enter");
  await bob.getByLabel("Ihre Frage").fill("Von Bob? [[hold=1]]");
  await bob.getByLabel("Ihre Frage").press("Enter");
  await expect(alice.locator("[data-slot=answer][data-status=complete]")).toBeVisible();
  await system.held(1);
  await expect(bob.getByText("Von Bob?")).toBeVisible();
  await expect(alice.getByText("Von Bob?")).toHaveCount(0);
  await expect(bob.getByText("Of Alice?")).toHaveCount(0);
  await system.release("Von Bob?");
  await expect(bob.locator("[data-slot=answer][data-status=complete]")).toBeVisible();
  await expect(bob.getByText("Keine Anlageberatung", { exact: false })).toBeVisible();
  expect(
    (await new AxeBuilder({ page }).disableRules(["page-has-heading-one", "landmark-one-main"]).analyze())
      .violations,
  ).toEqual([]);
});

test("a page that unsets everything leaves the chat as it is", async ({ page, visit }) => {
  const chat = await visit(`${EXAMPLES}hostile`);
  await open(page, chat);
  await chat.ask("How is it? [[chunks=5]]");
  await expect(chat.complete()).toBeVisible();
  const look = await chat.box.evaluate((box) => {
    const { color, fontSize, fontFamily } = getComputedStyle(box);
    return { color, fontSize, sans: fontFamily.includes("system-ui") };
  });
  expect(look).toEqual({ color: "rgb(20, 26, 36)", fontSize: "14px", sans: true });
  const panel = await page.locator("aside").boundingBox();
  expect(panel).toMatchObject({ width: 400, height: 900 });
});
