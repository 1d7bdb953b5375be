import { shortDate } from "@shared/lib/format";
import type { AnalysisStep, Rating } from "@/api/types";
import { BUY_LINE, SELL_LINE } from "@/lib/rating";

const WIDTH = 304;
const HEIGHT = 112;
const LEFT = 22;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 18;

const DOT: Readonly<Record<Rating, string>> = { buy: "fill-buy", hold: "fill-hold", sell: "fill-sell" };

/** The score over time between the two lines; each dot in the colour of its rating. The list below says the same. */
export function ScoreSteps({ steps, shownId }: { steps: AnalysisStep[]; shownId: number }) {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return null;
  const scores = steps.map(({ score }) => score);
  const low = Math.min(SELL_LINE - 2, ...scores) - 2;
  const high = Math.max(BUY_LINE + 2, ...scores) + 2;
  const start = Date.parse(first.as_of);
  const duration = Date.parse(last.as_of) - start || 1;
  const x = (date: string) => LEFT + ((Date.parse(date) - start) / duration) * (WIDTH - LEFT - RIGHT);
  const y = (score: number) => TOP + ((high - score) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full text-[10px]">
      {[SELL_LINE, BUY_LINE].map((line) => (
        <g key={line}>
          <line
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={y(line)}
            y2={y(line)}
            className="stroke-line"
            strokeDasharray="3 3"
          />
          <text x={LEFT - 6} y={y(line) + 3.5} textAnchor="end" className="fill-muted">
            {line}
          </text>
        </g>
      ))}
      <polyline
        points={steps.map((step) => `${x(step.as_of)},${y(step.score)}`).join(" ")}
        fill="none"
        className="stroke-muted"
        strokeWidth="1.25"
      />
      {steps.map((step) => (
        <circle
          key={step.id}
          cx={x(step.as_of)}
          cy={y(step.score)}
          r={step.id === shownId ? 4.5 : 3}
          className={DOT[step.rating]}
        />
      ))}
      <text x={LEFT} y={HEIGHT - 4} className="fill-muted">
        {shortDate(first.as_of)}
      </text>
      <text x={WIDTH - RIGHT} y={HEIGHT - 4} textAnchor="end" className="fill-muted">
        {shortDate(last.as_of)}
      </text>
    </svg>
  );
}
