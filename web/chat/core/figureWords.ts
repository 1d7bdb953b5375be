import type { Figure, Lookup, Source } from "../protocol/frames.gen";
import { METRIC_LABELS } from "../protocol/metricLabels.gen";
import { lookupWords } from "./answerWords";
import { keyOf } from "./figureKey";
import type { FigureLabels } from "./figureLabels";
import type { Dates, Say } from "./say";

/** What is said about the figures of an answer and the results of its look-ups; loaded with the first answer. */

type SayFigure = Say<keyof FigureLabels>;

const ROLES = ["median", "n", "points", "low", "high", "without", "change"] as const;

/** A place in words: "Dividend yield, peers' median". `label` is what the page calls the figure. */
export function placeWords(say: SayFigure, source: Source, label: string | null): string {
  const key = keyOf(source);
  const named = label ?? METRIC_LABELS[key] ?? key.replaceAll("_", " ");
  const role = source.where
    .split("/")
    .slice(2)
    .map((part) => ROLES.find((known) => known === part))
    .findLast((known) => known !== undefined);
  return role ? `${named}, ${say(role)}` : named;
}

const LEGAL =
  /[,\s]+(?:the|inc|incorporated|company|companies|corp|corporation|co|plc|ltd|limited|llc|lp|sa|se|ag|nv|group)\.?$/i;

/** A company's name as one says it: "Coca-Cola" for "Coca-Cola Company (The)". */
export function spokenName(name: string): string {
  const said = name.replace(/\s*\([^)]*\)/g, "").trim();
  const shorter = said.replace(LEGAL, "").replace(/\s*&$/, "");
  return shorter === said || shorter === "" ? said : spokenName(shorter);
}

/** "KO · 22 Aug"; a figure that is of no analysis has no date. */
export function originWords({ date }: Dates, { ticker, as_of }: Source): string {
  return [ticker, as_of && date(as_of)].filter(Boolean).join(" · ");
}

/** How a figure was checked, for whoever does not see the line below it: "27.36, verified: P/E of Coca-Cola,
 * 22 August". */
export function figureLabel(
  say: SayFigure,
  figure: Figure,
  nameOf: (ticker: string) => string | null,
): string {
  const { text, state, source } = figure;
  if (state === "flagged") return say("figureFlagged", { figure: text });
  if (state === "unsure") return say("figureUnsure", { figure: text });
  if (!source) return say("figureVerified", { figure: text });
  const name = nameOf(source.ticker);
  const whose = name === null ? source.ticker : spokenName(name);
  const named = placeWords(say, source, null);
  const of = whose === "" ? named : say("ofWhom", { place: named, name: whose });
  const place = source.as_of ? `${of}, ${say.dayAndMonth(source.as_of)}` : of;
  return say("figureVerifiedAs", { figure: text, place });
}

/** One or two sentences about a figure, above what it rests on. `label`: what the page calls the figure that the
 * analysis has instead. */
export function verdictWords(
  say: SayFigure,
  { verdict, state, why, says }: Figure,
  label: string | null = null,
): string {
  if (state === "flagged") {
    const said = why ?? say(verdict === "mislabelled" ? "mislabelled" : "unsupported");
    if (!says || said.includes(says.shown)) return said;
    const place = inSentence(placeWords(say, says, label));
    return `${said} ${say("saysInstead", { place, shown: says.shown })}`;
  }
  if (why) return why;
  if (state === "unsure") return say("unsure");
  switch (verdict) {
    case "given":
      return say("given");
    case "derived":
      return say("derived");
    default:
      return say("matched");
  }
}

/** A label inside a sentence: "dividend yield", but "P/E" and "EBITDA margin". */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** A formula in parts: each operand at the place where its figure stands, the rest as text. */
export function formulaParts(
  formula: string,
  operands: readonly Source[],
): Array<{ text: string; operand: Source | null }> {
  const parts: Array<{ text: string; operand: Source | null }> = [];
  let rest = formula;
  for (;;) {
    const next = operands
      .map((operand) => ({ operand, at: operand.shown === "" ? -1 : rest.indexOf(operand.shown) }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at || b.operand.shown.length - a.operand.shown.length)[0];
    if (!next) break;
    if (next.at > 0) parts.push({ text: rest.slice(0, next.at), operand: null });
    const { shown } = next.operand;
    // The same figure of two places: each stands once.
    const unused = operands.find(
      (each) => each.shown === shown && !parts.some(({ operand }) => operand === each),
    );
    parts.push({ text: shown, operand: unused ?? next.operand });
    rest = rest.slice(next.at + shown.length);
  }
  if (rest !== "") parts.push({ text: rest, operand: null });
  return parts;
}

/** Over a result: what it is, not what was done for it. "P/E of Coca-Cola, 13 Jun to 22 Aug". */
export function captionWords(say: Say, lookup: Lookup): string {
  const words = lookupWords(say, lookup).replace(/^(?:Reading|Looking up) /, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The head of a column as a label: "P/E" for `price_earnings`, "Company" for `company`. */
export function columnWords(column: string): string {
  const label = METRIC_LABELS[column] ?? column.replaceAll("_", " ");
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** A cell as it is read: "22 Aug 2026" for an ISO date, "Hold" for a rating. */
export function cellWords(say: SayFigure, cell: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(cell)) return say.longDate(cell);
  return cell === "buy" || cell === "hold" || cell === "sell" ? say(cell) : cell;
}

const SCALE: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** The number that a shown figure stands for: "2.34 %" is 2.34, "−$1.50B" is −1,500,000,000. Null: it is none. */
export function shownNumber(shown: string): number | null {
  const match = /^([−+-]?)\$?([−-]?)(\d[\d,]*(?:\.\d+)?)\s?(%|pp|×|x|[KMBT])?$/.exec(shown.trim());
  if (!match) return null;
  const [, before = "", after = "", digits = "", unit = ""] = match;
  const size = Number(digits.replaceAll(",", "")) * (SCALE[unit] ?? 1);
  return /[−-]/.test(before + after) ? -size : size;
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
  return [columns.map(columnWords), ...rows].map((row) => row.map(cell).join("\t")).join("\n");
}
