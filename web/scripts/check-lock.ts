// Two ways a lock file stops working elsewhere: it names the registry of the machine that wrote it,
// or it lacks the optional package of another platform. Both fail here instead of at a stranger's `npm ci`.
import { readFileSync } from "node:fs";

interface Locked {
  resolved?: string;
  integrity?: string;
  optionalDependencies?: Record<string, string>;
}

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")) as {
  packages: Record<string, Locked>;
};
const faults: string[] = [];

for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === "") continue;
  if (entry.resolved) faults.push(`${path}: names a registry (${entry.resolved})`);
  if (!entry.integrity) faults.push(`${path}: has no integrity hash`);
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!lock.packages[`${path}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`]) {
      faults.push(`${path}: the platform package ${name} is not locked`);
    }
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`package-lock.json: ${Object.keys(lock.packages).length - 1} packages, complete`);
