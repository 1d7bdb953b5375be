import type { AnalysisDetail, Metric, RationaleItem, Unit } from "@/api/types";

export interface PointsChange {
  key: string;
  label: string;
  /** null: not counted then. */
  before: number | null;
  after: number | null;
  difference: number;
}

export interface FigureChange {
  key: string;
  label: string;
  unit: Unit;
  before: number | null;
  after: number | null;
}

/** What is different between two analyses of a company: reasons by how much they moved the score, then figures. */
export function changesBetween(
  older: AnalysisDetail,
  newer: AnalysisDetail,
): { points: PointsChange[]; figures: FigureChange[] } {
  const points = paired(older.rationale, newer.rationale)
    .map(([before, after]): PointsChange => {
      const item = (after ?? before) as RationaleItem;
      const was = countedPoints(before);
      const is = countedPoints(after);
      return {
        key: item.key,
        label: item.label,
        before: was,
        after: is,
        difference: Math.round(((is ?? 0) - (was ?? 0)) * 10) / 10,
      };
    })
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const figures = paired(older.metrics, newer.metrics)
    .map(([before, after]): FigureChange => {
      const metric = (after ?? before) as Metric;
      return {
        key: metric.key,
        label: metric.label,
        unit: metric.unit,
        before: before?.value ?? null,
        after: after?.value ?? null,
      };
    })
    .filter(({ before, after }) => before !== after);
  return { points, figures };
}

function paired<Item extends { key: string }>(
  older: readonly Item[],
  newer: readonly Item[],
): Array<[Item | undefined, Item | undefined]> {
  const before = new Map(older.map((item) => [item.key, item]));
  const after = new Map(newer.map((item) => [item.key, item]));
  return [...new Set([...after.keys(), ...before.keys()])].map((key) => [before.get(key), after.get(key)]);
}

function countedPoints(item: RationaleItem | undefined): number | null {
  return item && item.counted !== false ? item.points : null;
}
