import { shortDate } from "@shared/lib/format";
import type { Figure, Lookup, Source } from "../protocol/frames.gen";

/** What is said about the figures of an answer and its look-ups. */

/** "9 figures · 8 verified · 1 not found"; empty where there is none. */
export function countWords(figures: readonly Figure[]): string {
  if (figures.length === 0) return "";
  const count = (state: Figure["state"]) => figures.filter((figure) => figure.state === state).length;
  const [verified, flagged] = [count("verified"), count("flagged")];
  const all = `${figures.length} ${figures.length === 1 ? "figure" : "figures"}`;
  return [all, `${verified} verified`, flagged > 0 && `${flagged} not found`].filter(Boolean).join(" · ");
}

const ROLE: Readonly<Record<string, string>> = {
  value: "",
  median: "peers' median",
  n: "number of peers",
  points: "points",
  low: "fewest points",
  high: "most points",
  without: "without it",
  change: "change",
};

/** The key of the figure that a place belongs to: "metrics/price_earnings/value" is about price_earnings. */
export function keyOf({ where }: Source): string {
  const parts = where.split("/");
  return parts[1] ?? parts[0] ?? "";
}

/** A place in words: "dividend yield, peers' median". `label` is what the page calls the figure. */
export function placeWords(source: Source, label: string | null): string {
  const named = label ?? keyOf(source).replaceAll("_", " ");
  const role = source.where
    .split("/")
    .slice(2)
    .map((part) => ROLE[part] ?? "")
    .findLast((words) => words !== "");
  return role ? `${named}, ${role}` : named;
}

/** "KO · 22 Aug"; a figure that is of no analysis has no date. */
export function originWords({ ticker, as_of }: Source): string {
  return [ticker, as_of && shortDate(as_of)].filter(Boolean).join(" · ");
}

/** How a figure was checked, for whoever does not see the line below it. */
export function figureLabel(figure: Figure): string {
  const { text, state, source } = figure;
  if (state === "flagged") return `${text}, not found in the analysis`;
  if (state === "unsure") return `${text}, not checked`;
  if (!source) return `${text}, verified`;
  return `${text}, verified: ${placeWords(source, null)} of ${source.ticker}${source.as_of ? `, ${shortDate(source.as_of)}` : ""}`;
}

/** One sentence about a figure, above what it rests on. */
export function verdictWords({ verdict, state, why }: Figure): string {
  if (why) return why;
  if (state === "flagged") {
    return verdict === "mislabelled"
      ? "The analysis has this figure for something else."
      : "The analysis has no such figure.";
  }
  if (state === "unsure") return "Not checked: it is not clear what it stands for.";
  switch (verdict) {
    case "given":
      return "From your question.";
    case "derived":
      return "Worked out from the analysis.";
    default:
      return "As in the analysis.";
  }
}

export function lookupWords({ words, status }: Lookup): string {
  switch (status) {
    case "running":
      return `${words}…`;
    case "failed":
      return `${words}: not found`;
    case "ok":
      return words;
  }
}

/** A result as text that a spreadsheet takes. */
export function asTsv({
  columns,
  rows,
}: {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}): string {
  const cell = (text: string) => text.replace(/[\t\r\n]+/g, " ");
  return [columns, ...rows].map((row) => row.map(cell).join("\t")).join("\n");
}
