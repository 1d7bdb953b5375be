// Which part of the web app may import which. Pure, so that a test can plant a fault.
import { posix } from "node:path";

/** A source file: its path from `web/`, and its text. */
export interface Source {
  path: string;
  text: string;
}

/** The rooms, and the rooms that each may import from. `chat` is a package of its own: it knows no dashboard. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  chat: ["shared"],
  dashboard: ["chat", "shared"],
  test: ["chat", "dashboard", "shared"],
};
const ALIASES: Readonly<Record<string, string>> = {
  "@/": "dashboard/",
  "@chat/": "chat/",
  "@shared/": "shared/",
  "@test/": "test/",
};
/** What the chat shows to others; the rest is its own. */
const DOORS: ReadonlySet<string> = new Set([
  "chat/index",
  "chat/react/index",
  "chat/protocol/frames.gen",
  "chat/protocol/http.gen",
  "chat/protocol/protocol.gen",
]);
const INDEXES: ReadonlySet<string> = new Set(["chat", "chat/react"]);
const SPECIFIER = /\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g;

/** Every rule that is broken, in words. */
export function importFaults(sources: readonly Source[]): string[] {
  const faults: string[] = [];
  const arrows = new Map<string, Map<string, string>>();
  for (const { path, text } of sources) {
    const [room = ""] = path.split("/");
    const isTest = room === "test" || /\.test\.tsx?$/.test(path);
    for (const target of importsOf(path, text)) {
      const [other = ""] = target.split("/");
      const isAllowed = other === room || ROOMS[room]?.includes(other) || (other === "test" && isTest);
      if (!isAllowed) faults.push(`${path} imports ${target}: ${room} may not know ${other}`);
      if (other === "chat" && room !== "chat" && !isTest && !DOORS.has(target)) {
        faults.push(`${path} imports ${target}: no door of the chat`);
      }
      const [from, to] = [posix.dirname(path), posix.dirname(target)];
      if (isTest || from === to) continue;
      const out = arrows.get(from) ?? new Map<string, string>();
      if (!out.has(to)) out.set(to, `${path} imports ${target}`);
      arrows.set(from, out);
    }
  }
  for (const [from, out] of arrows) {
    for (const [to, example] of out) {
      if (reaches(arrows, to, from))
        faults.push(`${example}: a circle of folders, ${to} leads back to ${from}`);
    }
  }
  return faults.sort();
}

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(SPECIFIER)].flatMap(([, specifier = ""]) => {
    if (specifier === "@chat") return "chat/index";
    if (specifier.startsWith(".")) return indexed(posix.join(posix.dirname(path), specifier));
    const alias = Object.keys(ALIASES).find((start) => specifier.startsWith(start));
    return alias === undefined ? [] : indexed(`${ALIASES[alias]}${specifier.slice(alias.length)}`);
  });
}

const indexed = (target: string): string => (INDEXES.has(target) ? `${target}/index` : target);

function reaches(
  arrows: ReadonlyMap<string, ReadonlyMap<string, string>>,
  from: string,
  to: string,
): boolean {
  const seen = new Set<string>();
  const next = [from];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    next.push(...(arrows.get(at)?.keys() ?? []));
  }
  return false;
}
