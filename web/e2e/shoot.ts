import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

const FOLDER = fileURLToPath(new URL("../../screenshots/", import.meta.url));

export const FORMS = {
  wide: { width: 1600, height: 1000 },
  laptop: { width: 1280, height: 800 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
} as const;

/** One picture, when nothing is being fetched any more. */
export async function shoot(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.waitForLoadState("networkidle");
  if (fullPage) {
    // The page scrolls inside its frame: the window grows until all of it is in view.
    const height = await page
      .locator("main > div")
      .evaluate((content) => content.getBoundingClientRect().height);
    const { width } = page.viewportSize() ?? FORMS.wide;
    await page.setViewportSize({ width, height: Math.ceil(height) + 60 });
    await page.waitForTimeout(300);
  }
  await page.screenshot({ path: `${FOLDER}${name}.png` });
}
