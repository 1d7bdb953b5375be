import AxeBuilder from "@axe-core/playwright";
import { build } from "vite";
import { EXAMPLES, expect, open, test } from "./run/fixtures.ts";
import { type Installed, install } from "./run/install.ts";
import { leavesNothing } from "./run/leavesNothing.ts";

for (const react of ["18.3.0", "19.3.1"]) {
  test.describe(`React ${react}, StrictMode`, () => {
    let installed: Installed;
    test.beforeAll(async () => {
      installed = install(`${EXAMPLES}react`, [`react@${react}`, `react-dom@${react}`]);
      await build({
        root: installed.folder,
        configFile: false,
        logLevel: "error",
        oxc: { jsx: { runtime: "automatic" } },
        // As while developing: StrictMode does everything twice.
        mode: "development",
        define: { "process.env.NODE_ENV": JSON.stringify("development") },
        build: { minify: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
      });
    });
    test.afterAll(() => installed?.remove());

    test("asks, reads, follows the page, comes back in mid-answer, leaves nothing", async ({
      page,
      visit,
      system,
    }) => {
      const left = await leavesNothing(page);
      const chat = await visit(`${installed.folder}/dist`);
      await open(page, chat);
      await expect(page.locator("[data-slot=chat-context]")).toHaveText(/^KO · /);
      await chat.ask("How is it? [[chunks=5]]");
      await expect(chat.complete()).toBeVisible();
      expect(left.socketsOpened()).toBe(1);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

      await page.getByRole("button", { name: "Look at Microsoft" }).click();
      await expect(page.locator("[data-slot=chat-context]")).toHaveText(/^MSFT · /);

      await chat.ask(`And for ${react}? [[hold=2]]`);
      await system.held(1);
      await expect(chat.text(1)).not.toBeEmpty();
      await page.reload();
      // The reader had it open, and the browser remembers.
      await chat.isLive();
      await system.release(`And for ${react}?`);
      await expect(chat.complete(1)).toBeVisible();

      await page.getByRole("button", { name: "Leave" }).click();
      await left.check();
    });
  });
}
