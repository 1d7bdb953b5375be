// @vitest-environment node
import { fileURLToPath } from "node:url";
import { resolveConfig } from "vite";
import { expect, it } from "vitest";

const web = fileURLToPath(new URL("..", import.meta.url));

it.each([
  ["@chat", "chat/index.ts"],
  ["@chat/react", "chat/react/index.ts"],
  ["@/session/token", "dashboard/session/token.ts"],
])(
  "%s is the source that the type checker reads, never a build that may not be there",
  async (name, file) => {
    const resolve = (await resolveConfig({ root: web, logLevel: "silent" }, "build")).createResolver();
    expect(await resolve(name, `${web}dashboard/main.tsx`)).toBe(`${web}${file}`);
  },
);
