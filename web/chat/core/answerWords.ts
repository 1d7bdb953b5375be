import type { Figure, Lookup } from "../protocol/frames.gen";
import type { Say } from "./say";

/** What is said about an answer as a whole. */

/** "9 figures · 8 verified · 1 not found"; empty where there is none. */
export function countWords(say: Say, figures: readonly Figure[]): string {
  if (figures.length === 0) return "";
  const count = (state: Figure["state"]) => figures.filter((figure) => figure.state === state).length;
  const [verified, flagged] = [count("verified"), count("flagged")];
  const all = figures.length === 1 ? say("oneFigure") : say("figures", { count: figures.length });
  const parts = [
    all,
    say("verified", { count: verified }),
    flagged > 0 && say("flagged", { count: flagged }),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** A look-up while it runs, and what became of it. */
export function lookupWords(say: Say, { words, status }: Lookup): string {
  // What runs is told with dots by some and without by others.
  const plain = words.replace(/(?:…|\.{3})$/, "");
  switch (status) {
    case "running":
      return `${plain}…`;
    case "failed":
      return say("nothingFound", { words: plain });
    case "ok":
      return plain;
  }
}
