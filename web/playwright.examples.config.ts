import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** `npm run test:examples`: pages of somebody else, with the packed package and the gateway's element. */
export default defineConfig({ ...tests, testDir: "examples", testMatch: "*.spec.ts", timeout: 240_000 });
