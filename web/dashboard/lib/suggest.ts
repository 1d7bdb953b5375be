import { shortDate } from "@shared/lib/format";
import type { AnalysisDetail, RationaleItem } from "@/api/types";
import { BUY_LINE, RATING_WORD, SELL_LINE } from "@/lib/rating";

const MOST = 4;
/** A score move below this is noise, not news. */
const NEWS_POINTS = 1;

/** First questions about an analysis, the most telling first; only such as the analysis itself can answer.
 * The rules are those of docs/analysis-rule.md. */
export function suggest(analysis: AnalysisDetail): string[] {
  const counted = analysis.rationale.filter((item) => item.counted !== false);
  const dividend = counted.find((item) => item.key === "dividend_yield");
  const largest = counted
    .filter((item) => item !== dividend)
    .reduce<RationaleItem | null>((most, item) => (size(item) > size(most) ? item : most), null);
  const questions = [
    whatChanged(analysis),
    dividend && "How does the latest dividend yield affect this rating?",
    largest && `How does ${named(largest)} affect this rating?`,
    whatIfMissing(analysis, counted) ?? whyNotCounted(analysis),
    howFar(analysis),
  ];
  return [...new Set(questions.filter((question): question is string => typeof question === "string"))].slice(
    0,
    MOST,
  );
}

function whatChanged({ previous, rating, score }: AnalysisDetail): string | null {
  if (!previous) return null;
  if (previous.rating !== rating) {
    return `Why did the rating go from ${RATING_WORD[previous.rating]} to ${RATING_WORD[rating]}?`;
  }
  return Math.abs(score - previous.score) >= NEWS_POINTS
    ? `What changed since ${shortDate(previous.as_of)}?`
    : null;
}

function whatIfMissing({ rating }: AnalysisDetail, counted: RationaleItem[]): string | null {
  const deciding = counted.find((item) => item.without && item.without.rating !== rating);
  return deciding
    ? `Would it still be a ${RATING_WORD[rating].toLowerCase()} without ${named(deciding)}?`
    : null;
}

function whyNotCounted({ rationale }: AnalysisDetail): string | null {
  const left = rationale.find((item) => item.counted === false);
  return left ? `Why is ${named(left)} not counted?` : null;
}

function howFar({ rating, score }: AnalysisDetail): string {
  if (rating === "buy") return "How far is it from a hold?";
  if (rating === "sell") return "How far is it from a hold?";
  return BUY_LINE - score <= score - SELL_LINE ? "How far is it from a buy?" : "How far is it from a sell?";
}

/** A label inside a sentence: "the EBITDA margin", "the place in the 52-week range". */
export function named({ label }: { label: string }): string {
  const startsWithAcronym = /^[A-Z0-9][A-Z0-9/]/.test(label);
  const text = startsWithAcronym ? label : label.charAt(0).toLowerCase() + label.slice(1);
  return /^(the|its) /.test(text) ? text : `the ${text}`;
}

function size(item: RationaleItem | null): number {
  return item ? Math.abs(item.points) : 0;
}
