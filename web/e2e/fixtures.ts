import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { System } from "./system.ts";

interface Fixtures {
  /** Somebody nobody else is. */
  user: string;
  token: string;
  /** A page of that user; whatever it logs as an error, or asks of another host, fails the test. */
  app: Page;
}

let count = 0;

interface WorkerFixtures {
  /** Answer with the offline model instead of the scripted Gemini. */
  offlineModel: boolean;
  /** A system of its own, by any name: for tests that change the analyses others count on. */
  ownSystem: string;
  system: System;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  offlineModel: [false, { option: true, scope: "worker" }],
  ownSystem: ["", { option: true, scope: "worker" }],
  system: [
    async ({ offlineModel }, use) => {
      const system = await System.start({ offline: offlineModel });
      await use(system);
      await system.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: ({ system }, use) => use(system.url),
  viewport: { width: 1440, height: 900 },
  user: async ({ system: _ }, use, info) => {
    count += 1;
    await use(`user-${info.workerIndex}-${count}`);
  },
  token: async ({ system, user }, use) => use(await system.token(user)),
  app: async ({ page, token, system }, use) => {
    const faults = watch(page, system.url);
    await signIn(page, token);
    await use(page);
    if (faults.length > 0) throw new Error(`the page had faults:\n${faults.join("\n")}`);
  },
});

export { expect };

/** Signs a page in before it opens, as an embedding page would. */
export async function signIn(page: Page, token: string): Promise<void> {
  await page.addInitScript((given) => {
    if (sessionStorage.getItem("tickertalk.token") === null)
      sessionStorage.setItem("tickertalk.token", given);
  }, token);
}

// A connection that a test cuts is logged by the browser; it is what the test is about.
const EXPECTED = /WebSocket connection to|net::ERR_|status of 40[14]|status of 50/;

function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  const own = [origin, origin.replace("http", "ws")];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!own.some((start) => url.startsWith(start)) && !/^(data|blob):/.test(url))
      faults.push(`request: ${url}`);
  });
  return faults;
}

/** The sidebar, by what one sees of it. */
export class Chat {
  readonly box: Locator;
  readonly answers: Locator;
  readonly questions: Locator;
  readonly connection: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.box = page.getByLabel("Your question");
    this.answers = page.locator("[data-slot=answer]");
    this.questions = page.locator("[data-slot=question]");
    this.connection = page.locator("[data-slot=connection]");
  }

  async open(path = "/company/KO"): Promise<void> {
    await this.#page.goto(path);
    await this.isLive();
  }

  async isLive(): Promise<void> {
    await this.connection.and(this.#page.locator("[data-phase=live]")).waitFor();
  }

  /** Until the code that a company's page and its chat fetch later is here: an outage in the middle of that ends,
   * rightly, in a new start of the page. */
  async hasAllCode(): Promise<void> {
    await expect
      .poll(() =>
        this.#page.evaluate(() =>
          ["Markdown", "PriceChart"].filter((part) =>
            performance.getEntriesByType("resource").some(({ name }) => name.includes(`/assets/${part}-`)),
          ),
        ),
      )
      .toEqual(["Markdown", "PriceChart"]);
  }

  async ask(question: string): Promise<void> {
    await this.box.fill(question);
    await this.box.press("Enter");
  }

  answer(index = 0): Locator {
    return this.answers.nth(index);
  }

  text(index = 0): Locator {
    return this.answer(index).locator("[data-slot=answer-text]");
  }

  complete(index = 0): Locator {
    return this.answer(index).and(this.#page.locator("[data-status=complete]"));
  }

  /** The stored answers of the open conversation, in order. */
  async stored(token: string): Promise<string[]> {
    const sessionId = await this.#page.evaluate(
      () => Object.entries(sessionStorage).find(([key]) => key.startsWith("tickertalk.session."))?.[1] ?? "",
    );
    const response = await this.#page.request.get(`/api/sessions/${sessionId}/messages`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const { messages } = (await response.json()) as { messages: Array<{ role: string; content: string }> };
    return messages.filter(({ role }) => role === "assistant").map(({ content }) => content);
  }
}
