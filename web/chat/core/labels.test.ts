import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FIGURE_ENGLISH } from "./figureLabels";
import { FIGURE_GERMAN } from "./figureLabels.de";
import { ENGLISH } from "./labels";
import { GERMAN } from "./labels.de";
import { languageOf, sayer } from "./say";

const blanks = (label: string) => [...label.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each([
  ["the chat", ENGLISH, GERMAN],
  ["figures", FIGURE_ENGLISH, FIGURE_GERMAN],
])("%s", (_, english: Record<string, string>, german: Record<string, string>) => {
  it("says the same in both languages, with the same blanks, and nothing twice the same", () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
    const same = new Set(["Chat", "Offline", "in {seconds} s", "{place}, {name}"]);
    for (const [key, label] of Object.entries(english)) {
      expect(blanks(german[key] ?? ""), key).toEqual(blanks(label));
      expect(german[key]?.trim(), key).not.toBe("");
      if (!same.has(label)) expect(german[key], key).not.toBe(label);
    }
  });
});

/** Words as a reader sees them: text between tags, and what is read out or shown on hover. */
const SEEN = [
  />\s*(?:·\s*)?([A-Za-z][a-z]+[^<>{}=;()]*?)\s*</g,
  /\b(?:aria-label|title|placeholder|alt|label|words)=(?:\{`|\{?")([^"`{}]*[A-Za-z]{2}[^"`]*)["`]/g,
  /\{" ?([A-Za-z]{2,}[^"]*)"\}/g,
];

function wordsIn(source: string): string[] {
  const text = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  const markup = text.slice(Math.max(0, text.indexOf("return (")));
  return SEEN.flatMap((pattern) => [...markup.matchAll(pattern)].map(([, words = ""]) => words));
}

it.each([
  "return (<p>Hello there</p>)",
  'return (<b aria-label="Close" />)',
  "return (<b title={`About this`} />)",
  'return (<p>{"Not here"}</p>)',
])("%s has words of its own", (source) => {
  expect(wordsIn(source)).toHaveLength(1);
});

it("no component has", () => {
  const faults = readdirSync("chat/react")
    .filter((name) => /(?<!test)\.tsx$/.test(name))
    .flatMap((name) =>
      wordsIn(readFileSync(`chat/react/${name}`, "utf8")).map((words) => `${name}: ${words}`),
    );
  expect(faults).toEqual([]);
});

it("a blank that nothing fills stays to be seen", () => {
  const say = sayer(ENGLISH, "en");
  expect(say("askAbout", { name: "Coca-Cola" })).toBe("Ask about Coca-Cola");
  expect(say("askAbout")).toBe("Ask about {name}");
});

it("a page's own words come before ours", () => {
  expect(sayer(GERMAN, "de", { ask: "Frag uns" })("ask")).toBe("Frag uns");
});

it.each([
  [undefined, "en"],
  ["de", "de"],
  ["de-AT", "de"],
  ["DE_ch", "de"],
  ["fr", "en"],
  ["", "en"],
  ["den", "en"],
])("of the locale %j the language is %s", (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

it("dates are said in the language", () => {
  const [english, german] = [sayer(ENGLISH, "en"), sayer(GERMAN, "de")];
  expect([english.date("2026-08-22"), german.date("2026-08-22")]).toEqual(["22 Aug", "22. Aug."]);
  expect(german.longDate("2026-08-22")).toContain("2026");
  expect(german.dayAndMonth("2026-01-01")).toBe("1. Januar");
});
