import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CHAT = fileURLToPath(new URL("../../chat", import.meta.url));

/** The npm that runs this script, and not another of that name. */
export function npm(args: readonly string[], cwd: string): string {
  const program = process.env.npm_execpath;
  const [command, first] = program ? [process.execPath, [program]] : ["npm", []];
  return execFileSync(command, [...first, ...args, "--loglevel=error"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The package as one would publish it, in a folder; returns the file. It must have been built. */
export function packChat(folder: string): string {
  const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], CHAT)) as [
    { filename: string },
  ];
  return join(folder, packed.filename.replace("@", "").replace("/", "-"));
}
