import { shortDate } from "@shared/lib/format";
import type { AnalysisDetail, Metric } from "@/api/types";
import { Missing } from "@/components/Missing";
import { Panel } from "@/components/Panel";
import { differenceText, exactText, metricText } from "@/lib/metricText";

/** Shown on their own scale beside the price. */
const ELSEWHERE: ReadonlySet<string> = new Set(["week52_low", "week52_high", "week52_place"]);

/** Every figure, beside the median of the peers that have it. */
export function Metrics({ analysis }: { analysis: AnalysisDetail }) {
  const metrics = analysis.metrics.filter(({ key }) => !ELSEWHERE.has(key));
  return (
    <Panel title="Figures" aside={`As of ${shortDate(analysis.as_of)}, unless another date is given`}>
      <div className="-mx-2 overflow-x-auto">
        <table className="w-full border-collapse">
          <thead>
            <tr className="text-muted text-xs">
              <th scope="col" className="py-1.5 pl-2 text-left font-medium">
                <span className="sr-only">Figure</span>
              </th>
              <th scope="col" className="w-20 py-1.5 text-right font-medium md:w-28">
                Value
              </th>
              <th scope="col" className="w-24 py-1.5 text-right font-medium md:w-32">
                Peers' median
              </th>
              <th scope="col" className="w-22 py-1.5 pr-2 text-right font-medium md:w-24">
                Difference
              </th>
              <th scope="col" className="hidden py-1.5 pl-6 text-left font-medium md:table-cell">
                Peers
              </th>
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => (
              <MetricRow key={metric.key} metric={metric} asOf={analysis.as_of} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function MetricRow({ metric, asOf }: { metric: Metric; asOf: string }) {
  const { key, label, value, unit, peers, note } = metric;
  const median = peers?.median ?? null;
  const isCarried = metric.as_of != null && metric.as_of !== asOf;
  return (
    <tr data-figure-row={`metric-${key}`} className="border-line border-t">
      <th scope="row" className="py-2 pr-3 pl-2 text-left align-top font-normal">
        {label}
        {isCarried && value !== null && (
          <span className="ml-2 rounded bg-raised px-1.5 py-0.5 text-2xs text-hold">
            of {shortDate(metric.as_of ?? asOf)}
          </span>
        )}
        {note && <span className="block max-w-md text-muted text-xs">{note}</span>}
      </th>
      <td
        className="py-2 text-right align-top font-medium"
        title={value === null ? undefined : (exactText(value, unit) ?? undefined)}
      >
        {value === null ? <Missing reason={note ?? "Not in the source"} /> : metricText(value, unit)}
      </td>
      <td
        className="py-2 text-right align-top text-muted"
        title={median === null ? undefined : (exactText(median, unit) ?? undefined)}
      >
        {median !== null && metricText(median, unit)}
      </td>
      <td className="py-2 pr-2 text-right align-top">
        {value !== null && median !== null && differenceText(value, median, unit)}
      </td>
      <td className="hidden py-2 pl-6 align-top text-muted text-xs leading-5 md:table-cell">
        {peers && `${peers.n} · ${peers.group}`}
      </td>
    </tr>
  );
}
