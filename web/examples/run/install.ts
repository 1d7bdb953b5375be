import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npm, packChat } from "../../scripts/package/pack.ts";

export interface Installed {
  folder: string;
  remove: () => void;
}

/** An example as its owner would have it: in a folder of its own, with the packed package and a React of its choice. */
export function install(example: string, packages: readonly string[]): Installed {
  const folder = mkdtempSync(join(tmpdir(), "tickertalk-example-"));
  const app = join(folder, "app");
  mkdirSync(app);
  cpSync(example, app, { recursive: true });
  writeFileSync(
    join(app, "package.json"),
    JSON.stringify({ name: "example", private: true, type: "module" }),
  );
  npm(["install", "--no-audit", "--no-fund", packChat(folder), ...packages], app);
  return { folder: app, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
