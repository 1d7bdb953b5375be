/// <reference types="vitest/config" />
// Only by name: what `make run` builds with does not bring vitest.
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run dev` and `npx vite preview` serve the pages and hand everything else to a running gateway.
const gateway = process.env.GATEWAY_URL ?? "http://127.0.0.1:8000";

// The gateway checks the Origin, and these pages come from another one.
const proxy = {
  "/api": { target: gateway, changeOrigin: true, headers: { origin: gateway } },
  "/ws": { target: gateway, changeOrigin: true, ws: true, rewriteWsOrigin: true },
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: [
      { find: "@", replacement: here("dashboard") },
      // By its file: beside it stands the package's own package.json, whose exports name what only a packed build has.
      { find: /^@chat$/, replacement: here("chat/index.ts") },
      { find: "@chat", replacement: here("chat") },
      { find: "@shared", replacement: here("shared") },
      { find: "@test", replacement: here("test") },
      // streamdown can parse raw HTML in answers. This app never does, so the parser (45 KiB) stays out.
      { find: "rehype-raw", replacement: here("shared/lib/noRawHtml.ts") },
    ],
  },
  build: {
    target: "es2023",
    // The content security policy of the gateway allows no `data:` fonts or inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy },
  preview: { proxy },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost:8000/" } },
    setupFiles: ["./test/setup.ts"],
    include: ["{chat,dashboard,shared,scripts}/**/*.test.{ts,tsx}"],
    // Five seconds are less than axe takes on a busy machine.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
