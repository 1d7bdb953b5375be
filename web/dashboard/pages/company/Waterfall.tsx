import { cn } from "@shared/lib/cn";
import { decimal, signed } from "@shared/lib/format";
import { MessageCircleQuestion } from "lucide-react";
import type { AnalysisDetail, RationaleItem } from "@/api/types";
import { Panel } from "@/components/Panel";
import { metricText } from "@/lib/metricText";
import { BUY_LINE, RATING_FILL, SELL_LINE, START_SCORE } from "@/lib/rating";
import { named } from "@/lib/suggest";
import { useAsk } from "@/lib/useAsk";

interface Step {
  item: RationaleItem;
  from: number;
  to: number;
}

/** From 50 to the score, one bar per reason, the largest first. Each asks the chat about itself. */
export function Waterfall({ analysis }: { analysis: AnalysisDetail }) {
  const ask = useAsk();
  const steps = stepsOf(analysis);
  const scale = scaleOf(steps, analysis.score);
  return (
    <Panel
      title={`Why ${decimal(analysis.score, 1)}`}
      aside="Each line adds or subtracts points. Select one to ask about it."
    >
      <div className="relative">
        <ol className="flex flex-col">
          <li className={ROW}>
            <span className="text-muted">Start</span>
            <Track scale={scale}>
              <Mark at={scale(START_SCORE)} />
            </Track>
            <span className="text-right text-muted">{decimal(START_SCORE, 1)}</span>
          </li>
          {steps.map(({ item, from, to }) => (
            <li key={item.key} data-figure-row={`reason-${item.key}`}>
              <button
                type="button"
                onClick={() => ask(`How does ${named(item)} affect this rating?`)}
                title={item.sentence}
                className={cn(ROW, "group w-[calc(100%+1rem)] rounded-md text-left hover:bg-surface")}
              >
                <span className="min-w-0">
                  <span className="flex items-center gap-1.5">
                    <span className="truncate">{item.label}</span>
                    <MessageCircleQuestion
                      aria-hidden="true"
                      className="size-3.5 shrink-0 text-accent opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
                    />
                  </span>
                  <span className="block truncate text-muted text-xs">{figuresOf(item)}</span>
                </span>
                <Track scale={scale}>
                  <Bar from={scale(from)} to={scale(to)} points={item.points} />
                </Track>
                <span
                  className={cn(
                    "text-right font-medium",
                    item.points > 0 ? "text-buy" : item.points < 0 ? "text-sell" : "text-muted",
                  )}
                >
                  {signed(item.points, 1)}
                  <span className="sr-only"> points. {item.sentence} Ask about it</span>
                </span>
              </button>
            </li>
          ))}
          <li className={cn(ROW, "mb-5 h-9 font-semibold")}>
            <span>Score</span>
            <Track scale={scale} withLabels>
              <span
                className={cn(
                  "absolute top-1/2 h-2.5 -translate-y-1/2 rounded-[2px]",
                  RATING_FILL[analysis.rating],
                )}
                style={span(
                  scale(Math.min(START_SCORE, analysis.score)),
                  scale(Math.max(START_SCORE, analysis.score)),
                )}
              />
            </Track>
            <span className="text-right">{decimal(analysis.score, 1)}</span>
          </li>
        </ol>
      </div>
    </Panel>
  );
}

const ROW =
  "-mx-2 grid grid-cols-[minmax(8.5rem,2fr)_3fr_3rem] items-center gap-x-4 px-2 py-1 md:grid-cols-[15rem_1fr_3.5rem]";

/** The figure beside its peers' median, or the points it could bring where there is no such pair. */
function figuresOf({ value, unit = "ratio", peers, low, high }: RationaleItem): string {
  if (value == null) return `${signed(low, 0)} to ${signed(high, 0)} possible`;
  const median = peers?.median;
  const text = metricText(value, unit);
  return median == null ? text : `${text}, peers ${metricText(median, unit)}`;
}

function Track({
  scale,
  withLabels = false,
  children,
}: {
  scale: (score: number) => number;
  withLabels?: boolean;
  children: React.ReactNode;
}) {
  return (
    <span aria-hidden="true" className="relative block h-4">
      {[SELL_LINE, BUY_LINE].map((line) => (
        <span key={line} className="absolute -inset-y-3 w-px bg-line" style={{ left: `${scale(line)}%` }}>
          {withLabels && (
            <span className="absolute top-full -translate-x-1/2 pt-0.5 font-normal text-2xs text-muted">
              {line}
            </span>
          )}
        </span>
      ))}
      {children}
    </span>
  );
}

function Bar({ from, to, points }: { from: number; to: number; points: number }) {
  if (points === 0) return <Mark at={from} />;
  return (
    <span
      className={cn(
        "absolute top-1/2 h-2.5 -translate-y-1/2 rounded-[2px]",
        points > 0 ? "bg-buy" : "bg-sell",
      )}
      style={span(Math.min(from, to), Math.max(from, to))}
    />
  );
}

function Mark({ at }: { at: number }) {
  return <span className="absolute top-1/2 h-3 w-0.5 -translate-y-1/2 bg-muted" style={{ left: `${at}%` }} />;
}

function span(from: number, to: number): { left: string; width: string } {
  return { left: `${from}%`, width: `${Math.max(0.4, to - from)}%` };
}

/** The counted reasons, largest first, each beginning where the last ended. */
export function stepsOf({ rationale }: Pick<AnalysisDetail, "rationale">): Step[] {
  let at = START_SCORE;
  return rationale
    .filter((item) => item.counted !== false)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .map((item) => {
      const from = at;
      at = Math.round((at + item.points) * 10) / 10;
      return { item, from, to: at };
    });
}

/** Scores as percentages of the width: all that is reached, and both lines, with a little air. */
function scaleOf(steps: Step[], score: number): (value: number) => number {
  const reached = [SELL_LINE, BUY_LINE, score, ...steps.map(({ to }) => to)];
  const low = Math.max(0, Math.min(...reached) - 3);
  const high = Math.min(100, Math.max(...reached) + 3);
  return (value) => ((value - low) / (high - low)) * 100;
}
