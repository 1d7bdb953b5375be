import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `npm run screenshots`: every page and state as a picture in /screenshots. */
export default defineConfig({ ...tests, testMatch: "*.pictures.ts", timeout: 120_000, reporter: [["list"]] });
