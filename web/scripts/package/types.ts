// The package's declarations: what tsc says of the entries, with every import as a path that any resolver finds.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { posix } from "node:path";

const SPECIFIER = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\2/g;
const ALIASES: Readonly<Record<string, string>> = { "@chat/": "chat/", "@shared/": "shared/" };

/** Writes `folder/types`; only what the entries lead to stays. */
export function writeTypes(folder: string, entries: readonly string[], web: string): void {
  const types = `${folder}/types`;
  rmSync(types, { recursive: true, force: true });
  execFileSync(`${web}node_modules/.bin/tsc`, ["-p", `${web}tsconfig.package.json`], { stdio: "inherit" });
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const from = file;
    const text = readFileSync(`${types}/${from}.d.ts`, "utf8").replace(
      SPECIFIER,
      (whole, before: string, quote: string, specifier: string) => {
        const target = targetOf(from, specifier);
        if (target === null) return whole;
        const found = [target, `${target}/index`].find((name) => existsSync(`${types}/${name}.d.ts`));
        if (found === undefined) throw new Error(`${from} imports ${specifier}, of which there are no types`);
        waiting.push(found);
        return `${before}${quote}${relative(from, found)}.js${quote}`;
      },
    );
    writeFileSync(`${types}/${from}.d.ts`, text);
  }
  for (const name of readdirSync(types, { recursive: true, encoding: "utf8" })) {
    const file = name.replaceAll("\\", "/");
    if (file.endsWith(".d.ts") && !reached.has(file.slice(0, -5))) rmSync(`${types}/${file}`);
  }
}

/** The file that is meant, from the folder of types; null for another package. */
function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier).replace(/\.[jt]sx?$/, "");
  const alias = Object.keys(ALIASES).find((start) => specifier.startsWith(start));
  return alias === undefined ? null : `${ALIASES[alias]}${specifier.slice(alias.length)}`;
}

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}
