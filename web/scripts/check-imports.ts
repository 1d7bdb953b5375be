// The chat package imports nothing of the dashboard, and no two folders import each other.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { importFaults } from "./import-rules.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const sources = ["chat", "dashboard", "shared", "test"]
  .flatMap((room) =>
    readdirSync(`${root}${room}`, { recursive: true, encoding: "utf8" }).map((path) => `${room}/${path}`),
  )
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(root + path, "utf8") }));

const faults = importFaults(sources);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`imports: ${sources.length} files, no circle of folders`);
