import { cn } from "@shared/lib/cn";
import { decimal, longDate, signed } from "@shared/lib/format";
import { Select } from "@shared/ui/select";
import { Skeleton } from "@shared/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { changesQuery } from "@/api/queries";
import type { AnalysisStep, CompanyChanges } from "@/api/types";
import { Missing } from "@/components/Missing";
import { RatingBadge } from "@/components/RatingBadge";
import { LoadError } from "@/components/States";
import { differenceText, metricText } from "@/lib/metricText";

interface Props {
  ticker: string;
  steps: AnalysisStep[];
  from: number;
  to: number;
  onChange: (changed: { from?: number; to?: number }) => void;
}

/** What changed between two analyses, from the earlier to the later one, whichever was chosen first. */
export function Comparison({ ticker, steps, from, to, onChange }: Props) {
  const [older, newer] = [from, to]
    .map((id) => steps.find((step) => step.id === id)?.as_of ?? "")
    .toSorted((a, b) => a.localeCompare(b)) as [string, string];
  const { data, error, refetch } = useQuery(changesQuery(ticker, older, newer));
  return (
    <div className="min-w-0">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h3 className="mr-1 font-medium">What changed</h3>
        <DateSelect label="From" steps={steps} value={from} onChange={(id) => onChange({ from: id })} />
        <ArrowRight aria-label="to" className="size-4 text-muted" />
        <DateSelect label="To" steps={steps} value={to} onChange={(id) => onChange({ to: id })} />
      </div>
      {error ? (
        <LoadError what="The comparison" error={error} onRetry={() => void refetch()} />
      ) : older === newer ? (
        <p className="text-muted">The same analysis twice: choose another day.</p>
      ) : data ? (
        <Changes changes={data} />
      ) : (
        <Skeleton className="h-40 rounded-lg" />
      )}
    </div>
  );
}

function DateSelect({
  label,
  steps,
  value,
  onChange,
}: {
  label: string;
  steps: AnalysisStep[];
  value: number;
  onChange: (id: number) => void;
}) {
  return (
    <Select aria-label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {steps.map((step) => (
        <option key={step.id} value={step.id}>
          {longDate(step.as_of)}
        </option>
      ))}
    </Select>
  );
}

function Changes({
  changes: { before: older, after: newer, difference, items, figures },
}: {
  changes: CompanyChanges;
}) {
  return (
    <>
      <p className="mb-3 flex flex-wrap items-center gap-x-2 rounded-lg bg-surface px-3 py-2">
        <RatingBadge rating={older.rating} /> {decimal(older.score, 1)}
        <ArrowRight aria-label="to" className="size-4 text-muted" />
        <RatingBadge rating={newer.rating} /> {decimal(newer.score, 1)}
        <span className="ml-auto font-medium">{signed(difference, 1)} points</span>
      </p>
      {items.length === 0 && figures.length === 0 && <p className="text-muted">Nothing changed.</p>}
      {items.length > 0 && (
        <ChangeTable caption="Points">
          {items.map((change) => (
            <ChangeRow
              key={change.key}
              label={change.label}
              before={change.before === null ? null : signed(change.before, 1)}
              after={change.after === null ? null : signed(change.after, 1)}
              missing="Not counted"
              difference={signed(change.difference, 1)}
              tone={change.difference}
            />
          ))}
        </ChangeTable>
      )}
      {figures.length > 0 && (
        <ChangeTable caption="Figures">
          {figures.map(({ key, label, unit, before, after }) => (
            <ChangeRow
              key={key}
              label={label}
              before={before === null ? null : metricText(before, unit)}
              after={after === null ? null : metricText(after, unit)}
              missing="Not in the source"
              difference={
                before !== null && after !== null ? (differenceText(after, before, unit) ?? "") : ""
              }
            />
          ))}
        </ChangeTable>
      )}
    </>
  );
}

function ChangeTable({ caption, children }: { caption: string; children: React.ReactNode }) {
  return (
    <table className="mb-4 w-full border-collapse">
      <caption className="pb-1 text-left text-muted text-xs">{caption}</caption>
      <tbody>{children}</tbody>
    </table>
  );
}

function ChangeRow({
  label,
  before,
  after,
  missing,
  difference,
  tone = 0,
}: {
  label: string;
  before: string | null;
  after: string | null;
  missing: string;
  difference: string;
  tone?: number;
}) {
  return (
    <tr className="border-line border-t">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
        {label}
      </th>
      <td className="w-24 py-1.5 text-right text-muted">{before ?? <Missing reason={missing} />}</td>
      <td className="w-24 py-1.5 text-right">{after ?? <Missing reason={missing} />}</td>
      <td
        className={cn("w-20 py-1.5 text-right font-medium", tone > 0 && "text-buy", tone < 0 && "text-sell")}
      >
        {difference}
      </td>
    </tr>
  );
}
