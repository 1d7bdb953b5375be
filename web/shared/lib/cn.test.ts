import { readdirSync, readFileSync } from "node:fs";
import { extendTailwindMerge } from "tailwind-merge";
import { expect, it } from "vitest";
import { cn } from "./cn";

/** The same question, asked of the library that knows every class. */
const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["2xs", "answer", "score"] }] } },
});

/** Every class that stands in our sources. */
function classesInUse(): string[] {
  const found = new Set<string>();
  for (const room of ["chat/react", "shared/ui", "dashboard"]) {
    for (const name of readdirSync(room, { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx$/.test(name) || name.includes(".test.")) continue;
      const text = readFileSync(`${room}/${name}`, "utf8");
      for (const [, list = ""] of text.matchAll(/(?:className=|cn\(|^\s*\w+:|cva\()\s*"([^"\n]+)"/gm)) {
        for (const each of list.split(/\s+/)) if (/^[-a-z[]/.test(each)) found.add(each);
      }
    }
  }
  return [...found].sort();
}

it("says of any two classes that we use what tailwind-merge says", () => {
  const classes = classesInUse();
  expect(classes.length).toBeGreaterThan(200);
  const wrong: string[] = [];
  for (const a of classes)
    for (const b of classes)
      if (a !== b && cn(a, b) !== merge(a, b)) wrong.push(`${a} ${b}: ${cn(a, b)} | ${merge(a, b)}`);
  expect(wrong).toEqual([]);
});

it("takes what clsx takes", () => {
  expect(cn("p-1", false, ["p-2", { "text-sm": true, hidden: false }], undefined)).toBe("p-2 text-sm");
});
