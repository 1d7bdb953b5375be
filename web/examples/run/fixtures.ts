import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { test as base, Chat, expect } from "../../e2e/fixtures.ts";
import { System } from "../../e2e/system.ts";
import { Site, type SiteOptions, strictPolicy } from "./site.ts";

interface Fixtures {
  /** Shows an example at its own origin, and goes there. */
  visit: (folder: string, options?: Partial<SiteOptions> & { path?: string }) => Promise<Chat>;
}

interface WorkerFixtures {
  site: Site;
}

export const EXAMPLES = fileURLToPath(new URL("..", import.meta.url));

/** Somebody else's page, with a gateway at another origin that was told of it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is needed.
    async ({}, use) => {
      const site = await Site.listen();
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],
  system: [
    async ({ site, offlineModel }, use) => {
      const system = await System.start({ offline: offlineModel, origins: [site.origin] });
      await use(system);
      await system.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: ({ site }, use) => use(site.origin),
  visit: async ({ page, site, system, user }, use) => {
    const faults = watch(page, [site.origin, system.url]);
    await use(async (folder, { path = "/", ...options } = {}) => {
      site.show(system.url, {
        folder,
        token: (name) => system.token(`${user}-${name}`),
        policy: strictPolicy,
        ...options,
      });
      await page.goto(path);
      return new Chat(page);
    });
    expect(faults, "what the page logged, or asked of others").toEqual([]);
  },
});

export { Chat, expect };

const EXPECTED = /WebSocket connection to|net::ERR_|favicon/;

function watch(page: Page, origins: readonly string[]): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(`${message.text()} ${message.location().url}`))
      faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOwn = origins.includes(url.origin) || origins.includes(url.origin.replace("ws", "http"));
    if (!isOwn && !/^(data|blob):/.test(url.protocol)) faults.push(`request: ${url}`);
  });
  return faults;
}

/** Opens the chat that stands over the page. */
export async function open(page: Page, chat: Chat): Promise<void> {
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await chat.isLive();
}
