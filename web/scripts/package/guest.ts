import { fileURLToPath } from "node:url";
import type { InlineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** How the chat's sources are made into a guest in another page: classes prefixed (`chat/jsx`), nothing of the dashboard. */
export const guest: InlineConfig = {
  configFile: false,
  publicDir: false,
  logLevel: "warn",
  resolve: {
    alias: [
      { find: /^@guest\/jsx-(dev-)?runtime$/, replacement: here("chat/jsx/jsx-runtime.ts") },
      { find: /^.*\/lib\/(cn|loadChunk)$/, replacement: here("chat/jsx/$1.ts") },
      { find: "@chat", replacement: here("chat") },
      { find: "@shared", replacement: here("shared") },
      // HTML in an answer is text: the parser (45 KiB) stays out, as in the dashboard.
      { find: "rehype-raw", replacement: here("shared/lib/noRawHtml.ts") },
    ],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "@guest" } },
  build: {
    target: "es2022",
    emptyOutDir: true,
    rollupOptions: {
      output: { chunkFileNames: "parts/[name]-[hash].js" },
      onwarn(warning, warn) {
        // Libraries mark their files for other frameworks ("use client"); ours are marked as a whole.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
};
