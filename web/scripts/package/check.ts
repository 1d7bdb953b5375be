// `npm run check:package`: builds what others get, and says whether it is small and whether any resolver finds it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packChat } from "./pack.ts";

const web = fileURLToPath(new URL("../../", import.meta.url));

function run(name: string, args: readonly string[]): void {
  try {
    const program = `${web}node_modules/.bin/${name}`;
    execFileSync(program, args, { cwd: web, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    console.error(`${name} ${args.join(" ")}\n${stdout ?? ""}${stderr ?? ""}`);
    process.exit(1);
  }
}

const folder = mkdtempSync(join(tmpdir(), "tickertalk-package-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

run("vite", ["build", "--logLevel", "warn", "--outDir", "node_modules/.cache/dashboard", "--emptyOutDir"]);
run("size-limit", []);
const packed = packChat(folder);
run("publint", [packed, "--strict"]);
// Only as ES modules: for who requires CommonJS there is nothing here.
run("attw", [packed, "--profile", "esm-only"]);
console.log("@tickertalk/chat: within its sizes, found by every resolver");
