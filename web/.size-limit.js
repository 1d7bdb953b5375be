// What a page loads before anything is asked, gzip; `scripts/package/check.ts` builds it first. What comes later
// (markdown, charts) is not in it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const STATIC = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+)["']/g;

/** A script and all that it imports at once. */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(STATIC))
    withImports(join(dirname(file), path), seen);
  return seen;
}

/** The scripts that a page names, with all that they import. */
function ofPage(folder) {
  const page = readFileSync(`${folder}/index.html`, "utf8");
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => join(folder, path));
  return [...named.reduce((seen, file) => withImports(file, seen), new Set())];
}

const check = (name, path, limit) => ({ name, path: [...path], limit, gzip: true });

export default [
  check("core", withImports("chat/dist/index.js"), "12 KiB"),
  check("react, without markdown", withImports("chat/dist/react.js"), "40 KiB"),
  check("element, with React", withImports("chat/dist/element/element.js"), "120 KiB"),
  check("styles.css", ["chat/dist/styles.css"], "10 KiB"),
  check("dashboard, first script", ofPage("node_modules/.cache/dashboard"), "150 KiB"),
];
