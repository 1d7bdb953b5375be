// Makes the chat's `styles.css`: utilities of its own sources, in a layer of their own, every class prefixed, so that
// neither the page's rules meet the chat's elements by name nor the other way round.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "@tailwindcss/node";
import { Scanner } from "@tailwindcss/oxide";
import { type Rule, transform } from "lightningcss";

/** The same as in `chat/jsx/jsx-runtime.ts`, which prefixes the elements. */
const PREFIX = "tt-";
const SOURCE = fileURLToPath(new URL("../../chat/styles/chat.css", import.meta.url));
const BASE = fileURLToPath(new URL("../../chat/styles/", import.meta.url));
const REM = 16;

/** The style sheet, minified. */
export async function buildStyles(): Promise<string> {
  const compiler = await compile(readFileSync(SOURCE, "utf8"), {
    base: BASE,
    from: SOURCE,
    onDependency() {},
  });
  const sources = compiler.sources.map((source) => ({ ...source, negated: source.negated ?? false }));
  return isolated(compiler.build(new Scanner({ sources }).scan()));
}

/** Pure. Tailwind's output as a guest in a page. */
export function isolated(css: string): string {
  const initial = new Map<string, string>();
  // A registered property is the page's too, and a shadow root hears of none: its initial value is said instead.
  const unregistered = css
    .replace(/@keyframes ([\w-]+)/g, `@keyframes ${PREFIX}$1`)
    .replace(/(--animate-[\w-]+:\s*)([\w-]+)/g, `$1${PREFIX}$2`)
    .replace(/@property\s+(--[\w-]+)\s*\{([^}]*)\}/g, (_, name: string, body: string) => {
      const value = /initial-value:\s*([^;}]+)/.exec(body)?.[1]?.trim();
      if (value !== undefined) initial.set(name, value);
      return "";
    })
    .replace(/@layer properties\s*\{/, "@layer tickertalk.unused {");
  const values = [...initial].map(([name, value]) => `${name}:${value}`).join(";");
  const registered = `@layer tickertalk.properties{:host,[data-tickertalk],[data-tickertalk] :where(*),[data-tickertalk] ::before,[data-tickertalk] ::after,[data-tickertalk] ::backdrop{${values}}}`;
  const order = "@layer tickertalk.properties,tickertalk.theme,tickertalk.base,tickertalk.utilities;";
  const { code } = transform({
    filename: "styles.css",
    code: Buffer.from(`${order}${registered}${unregistered}`.replaceAll("--tw-", "--tt-")),
    minify: true,
    visitor: {
      Rule: (rule: Rule) => (isUnused(rule) ? [] : undefined),
      Selector: (selector) =>
        selector.map((part) => (part.type === "class" ? { ...part, name: PREFIX + part.name } : part)),
      Length: (length) => (length.unit === "rem" ? { unit: "px", value: length.value * REM } : undefined),
    },
  });
  // Where Tailwind names the page's root, the chat's is meant.
  return Buffer.from(code).toString().replaceAll(":root", "[data-tickertalk]");
}

function isUnused(rule: Rule): boolean {
  return rule.type === "layer-block" && rule.value.name?.join(".") === "tickertalk.unused";
}
