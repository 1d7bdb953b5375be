// `npm run check:package`: builds what others get, and says whether it is small and whether any resolver finds it.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../", import.meta.url));
const bin = (name: string) => `${web}node_modules/.bin/${name}`;

function run(name: string, args: readonly string[], cwd = web): void {
  try {
    execFileSync(bin(name), args, { cwd, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    console.error(`${name} ${args.join(" ")}\n${stdout ?? ""}${stderr ?? ""}`);
    process.exit(1);
  }
}

run("vite", ["build", "--logLevel", "warn", "--outDir", "node_modules/.cache/dashboard", "--emptyOutDir"]);
run("size-limit", []);
run("publint", ["--strict"], `${web}chat`);
// Only as ES modules: for who requires CommonJS there is nothing here.
run("attw", ["--pack", ".", "--profile", "esm-only"], `${web}chat`);
console.log("@tickertalk/chat: within its sizes, found by every resolver");
