import { defineConfig } from "@playwright/test";
import { browserOptions } from "./e2e/browser.ts";

/** The web app in a real browser on the real system: gateway, worker, Valkey, PostgreSQL, a scripted Gemini. */
export default defineConfig({
  // Of the examples the one that needs no installation: it takes a second system, so its tests come last.
  testMatch: ["e2e/*.spec.ts", "examples/element.spec.ts"],
  // What is waited for is an event; how long it may take is only for machines that do other things too.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // One system is shared, and some tests stop parts of it.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [["list"], ["./scripts/summary-playwright.ts"]],
  use: { launchOptions: await browserOptions(), reducedMotion: "reduce", trace: "off" },
});
