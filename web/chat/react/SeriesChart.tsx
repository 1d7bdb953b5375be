import type { Table } from "@chat/protocol/frames.gen";
import { useId } from "react";
import type { FigureLabels } from "../core/figureLabels";
import { shownNumber } from "../core/figureWords";
import type { Say } from "../core/say";
import { useFigureSay } from "./useFigureSay";

export interface SeriesPoint {
  date: string;
  value: number;
  shown: string;
}

const LEAST_POINTS = 3;

/** A series to draw: a date and a number in each row. Null where a chart would show nothing: words, or too few. */
export function seriesOf({ columns, rows }: Table): SeriesPoint[] | null {
  if (columns.length !== 2 || rows.length < LEAST_POINTS) return null;
  const points: SeriesPoint[] = [];
  for (const [date = "", shown = ""] of rows) {
    const value = shownNumber(shown);
    if (value === null || Number.isNaN(Date.parse(date))) return null;
    points.push({ date, value, shown });
  }
  return points.sort((a, b) => a.date.localeCompare(b.date));
}

const WIDTH = 320;
const HEIGHT = 96;
const PAD = 6;

/** A figure over time as a line: its highest and lowest marked at the side, its first and last below. What it shows is
 * said in one sentence as well. */
export function SeriesChart({
  title,
  name,
  points,
}: {
  title: string;
  name: string;
  points: readonly SeriesPoint[];
}) {
  const id = useId();
  const say = useFigureSay();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const high = points.reduce((most, each) => (each.value > most.value ? each : most));
  const low = points.reduce((least, each) => (each.value < least.value ? each : least));
  const { x, y } = scales(points, low.value, high.value);
  const line = points.map((point) => `${x(point).toFixed(1)},${y(point).toFixed(1)}`).join(" ");
  return (
    <div data-slot="series" className="px-2.5 pt-2.5 pb-2 text-2xs text-muted">
      <div className="flex gap-2">
        <svg
          role="img"
          aria-labelledby={`${id}-title ${id}-summary`}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-24 min-w-0 flex-1 overflow-visible text-accent"
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-summary`}>{summary(say, name, first, last, high, low)}</desc>
          <polygon
            points={`${x(first)},${HEIGHT} ${line} ${x(last)},${HEIGHT}`}
            fill="currentColor"
            opacity="0.1"
          />
          <polyline
            points={line}
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
          {/* A line of no length with a round end: a dot that stays round, however the picture is stretched. */}
          <path
            d={`M${x(last).toFixed(1)} ${y(last).toFixed(1)}h0.01`}
            stroke="currentColor"
            strokeWidth="7"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        <div aria-hidden="true" className="flex flex-col justify-between whitespace-nowrap">
          <span>{high.shown}</span>
          {low !== high && <span>{low.shown}</span>}
        </div>
      </div>
      <div aria-hidden="true" className="mt-1.5 flex flex-wrap justify-between gap-x-3">
        <span>
          {say.longDate(first.date)} · <span className="font-semibold text-text">{first.shown}</span>
        </span>
        <span>
          {say.longDate(last.date)} · <span className="font-semibold text-text">{last.shown}</span>
        </span>
      </div>
    </div>
  );
}

function scales(points: readonly SeriesPoint[], low: number, high: number) {
  const times = points.map(({ date }) => Date.parse(date));
  const [from = 0, to = 0] = [times[0], times.at(-1)];
  const span = high - low;
  return {
    x: ({ date }: SeriesPoint) => PAD + ((Date.parse(date) - from) / (to - from || 1)) * (WIDTH - 2 * PAD),
    // A figure that never moved is a line in the middle.
    y: ({ value }: SeriesPoint) =>
      span === 0 ? HEIGHT / 2 : HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD),
  };
}

function summary(
  say: Say<keyof FigureLabels>,
  name: string,
  first: SeriesPoint,
  last: SeriesPoint,
  high: SeriesPoint,
  low: SeriesPoint,
): string {
  return say("series", {
    name,
    first: first.shown,
    firstDate: say.longDate(first.date),
    last: last.shown,
    lastDate: say.longDate(last.date),
    high: high.shown,
    highDate: say.longDate(high.date),
    low: low.shown,
    lowDate: say.longDate(low.date),
  });
}
