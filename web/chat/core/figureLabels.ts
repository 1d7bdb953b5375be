/** What is said of figures and results, in English; loaded with the first answer. */
export const FIGURE_ENGLISH = {
  about: "About {figure}",
  aboutFigure: "About a figure",
  median: "peers' median",
  n: "number of peers",
  points: "points",
  low: "fewest points",
  high: "most points",
  without: "without it",
  change: "change",
  figureFlagged: "{figure}, not found in the analysis",
  figureUnsure: "{figure}, not checked",
  figureVerified: "{figure}, verified",
  figureVerifiedAs: "{figure}, verified: {place}",
  ofWhom: "{place} of {name}",
  mislabelled: "The analysis has this figure for something else.",
  unsupported: "The analysis has no such figure.",
  saysInstead: "Its {place} is {shown}.",
  unsure: "Not checked: it is not clear what it stands for.",
  given: "From your question.",
  derived: "Worked out from the analysis.",
  matched: "As in the analysis.",
  copyTable: "Copy for a spreadsheet",
  buy: "Buy",
  hold: "Hold",
  sell: "Sell",
  series:
    "{name}: {first} on {firstDate}, {last} on {lastDate}; highest {high} on {highDate}, lowest {low} on {lowDate}.",
} as const;

export type FigureLabels = Readonly<Record<keyof typeof FIGURE_ENGLISH, string>>;
