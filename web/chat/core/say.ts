import { dayAndMonth, longDate, moment, ordinal, shortDate } from "@shared/lib/format";
import type { FigureLabels } from "./figureLabels";
import type { Labels } from "./labels";

export type Language = "en" | "de";
export type Fills = Readonly<Record<string, string | number>>;
/** Sentences of a page's own, for any of ours. */
export type OwnLabels = Partial<Labels & FigureLabels>;

/** The language of a locale such as "de-AT"; English where we have no other. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().split(/[-_]/)[0] === "de" ? "de" : "en";
}

/** Dates and numbers of order as a language says them. */
export interface Dates {
  /** "2026-08-22" as "22 Aug". */
  date: (isoDate: string) => string;
  /** To be heard: "22 August". */
  dayAndMonth: (isoDate: string) => string;
  longDate: (isoDate: string) => string;
  /** "Today 14:05". */
  moment: (milliseconds: number, now: number) => string;
  ordinal: (position: number) => string;
}

/** Says a label, with what belongs in its braces. */
export interface Say<Key extends string = keyof Labels> extends Dates {
  (key: Key, fills?: Fills): string;
  language: Language;
  own: OwnLabels;
}

export function sayer<Key extends string>(
  labels: Readonly<Record<Key, string>>,
  language: Language,
  own: OwnLabels = {},
): Say<Key> {
  const said = (key: Key, fills: Fills = {}): string =>
    ((own as Partial<Record<Key, string>>)[key] ?? labels[key]).replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(fills[name] ?? whole),
    );
  return Object.assign(said, { language, own }, language === "de" ? germanDates() : ENGLISH_DATES);
}

const ENGLISH_DATES: Dates = { date: shortDate, dayAndMonth, longDate, moment, ordinal };

function germanDates(): Dates {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat("de", { timeZone: "UTC", ...options });
    return (isoDate: string) => made.format(new Date(`${isoDate}T00:00:00Z`));
  };
  return {
    date: format({ day: "numeric", month: "short" }),
    dayAndMonth: format({ day: "numeric", month: "long" }),
    longDate: format({ day: "numeric", month: "short", year: "numeric" }),
    moment: (milliseconds) =>
      new Intl.DateTimeFormat("de", { dateStyle: "short", timeStyle: "short" }).format(milliseconds),
    ordinal: String,
  };
}
