import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `npm run bench`: what the browser spends on long and fast answers. */
export default defineConfig({ ...tests, testMatch: "*.bench.ts", timeout: 300_000, reporter: [["list"]] });
