import { cn } from "@shared/lib/cn";
import { decimal, exactMoney, money, percent, shortDate, signed } from "@shared/lib/format";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Link } from "react-router";
import type { AnalysisRow } from "@/api/types";
import { Missing } from "@/components/Missing";
import { RatingBadge } from "@/components/RatingBadge";
import { ScoreBar } from "@/components/ScoreBar";
import { Sparkline } from "@/components/Sparkline";
import { type Filters, type SortKey, scoreChange } from "./filters";
import { useRows } from "./useRows";

const ROW_HEIGHT = 45;

interface Column {
  key: SortKey;
  name: string;
  className: string;
  isText?: boolean;
}

// Widths, so that nothing moves while rows come and go.
const COLUMNS: readonly Column[] = [
  { key: "name", name: "Company", className: "", isText: true },
  { key: "rating", name: "Rating", className: "w-[74px]", isText: true },
  { key: "score", name: "Score", className: "w-[116px]" },
  { key: "change", name: "Week", className: "w-[66px]" },
  { key: "price", name: "Price", className: "w-[92px]" },
  { key: "pe", name: "P/E", className: "w-[68px]" },
  { key: "yield", name: "Yield", className: "w-[72px]" },
  { key: "cap", name: "Cap", className: "w-[92px]" },
];

interface Props {
  rows: readonly AnalysisRow[];
  filters: Filters;
  onSort: (sort: SortKey, descending: boolean) => void;
}

/** Every company, one line each; only the lines in view are in the page. */
export function CompanyTable({ rows, filters, onSort }: Props) {
  const { container, items, before, after } = useRows(rows.length, ROW_HEIGHT);
  return (
    <div ref={container} className="@container">
      <table aria-rowcount={rows.length + 1} className="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <HeaderCell key={column.key} column={column} filters={filters} onSort={onSort} />
            ))}
            <th scope="col" className={cn(HEAD, "hidden w-[104px] pr-2 text-right @min-[740px]:table-cell")}>
              30 sessions
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Space height={before} />}
          {items.map(({ index }) => {
            const row = rows[index];
            return row && <Row key={row.ticker} row={row} index={index} sort={filters.sort} />;
          })}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
    </div>
  );
}

/** Where the lines out of view would be. One cell: spanning columns that are hidden would make room for them. */
function Space({ height }: { height: number }) {
  return (
    <tr>
      <td style={{ height }} className="p-0" />
    </tr>
  );
}

const HEAD = "sticky top-0 z-10 border-line border-b bg-bg py-2 font-medium text-muted text-xs";
const CELL = "h-[45px] border-line border-b px-2";
const HIDDEN: Partial<Record<SortKey, string>> = {
  change: "hidden @xl:table-cell",
  pe: "hidden @2xl:table-cell",
  yield: "hidden @2xl:table-cell",
  cap: "hidden @4xl:table-cell",
};

/** Where there is little room some columns are left out, but not the one that the lines are sorted by. */
function hiddenUnless(sort: SortKey, key: SortKey): string | undefined {
  return sort === key ? undefined : HIDDEN[key];
}

function HeaderCell({
  column,
  filters,
  onSort,
}: {
  column: Column;
  filters: Filters;
  onSort: Props["onSort"];
}) {
  const isSorted = filters.sort === column.key;
  const Arrow = filters.descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (filters.descending ? "descending" : "ascending") : "none"}
      className={cn(
        HEAD,
        "px-2",
        column.isText ? "text-left" : "text-right",
        column.className,
        hiddenUnless(filters.sort, column.key),
      )}
    >
      <button
        type="button"
        onClick={() =>
          onSort(column.key, isSorted ? !filters.descending : !column.isText || column.key === "rating")
        }
        className={cn("inline-flex items-center gap-1 rounded hover:text-text", isSorted && "text-text")}
      >
        {column.name}
        {isSorted && <Arrow aria-hidden="true" className="size-3" />}
      </button>
    </th>
  );
}

function Row({ row, index, sort }: { row: AnalysisRow; index: number; sort: SortKey }) {
  const notRated = row.not_rated ?? "Not rated";
  const change = scoreChange(row);
  return (
    <tr
      data-row={index}
      aria-rowindex={index + 2}
      className="group relative hover:bg-surface has-focus-visible:bg-surface"
    >
      <td className={CELL}>
        <Link
          to={`/company/${encodeURIComponent(row.ticker)}`}
          className="flex items-center gap-2.5 outline-none before:absolute before:inset-0 focus-visible:before:rounded focus-visible:before:outline-2 focus-visible:before:outline-accent"
        >
          <span className="w-12 shrink-0 font-semibold">{row.ticker}</span>
          <span className="line-clamp-2 text-muted leading-[1.125rem] group-hover:text-text" title={row.name}>
            {row.name}
          </span>
        </Link>
      </td>
      <td className={CELL}>
        {row.rating ? <RatingBadge rating={row.rating} /> : <NotRated reason={notRated} />}
      </td>
      <td className={CELL}>
        {row.score !== null && row.rating !== null ? (
          <span className="flex items-center gap-2.5">
            <ScoreBar score={row.score} rating={row.rating} className="flex-1" />
            <span className="w-8 text-right font-medium">{decimal(row.score, 1)}</span>
          </span>
        ) : (
          <Figure value={null} reason={notRated} />
        )}
      </td>
      <td
        className={cn(CELL, "text-right", hiddenUnless(sort, "change"))}
        title={row.previous ? `since ${shortDate(row.previous.as_of)}` : undefined}
      >
        {change === null ? (
          <Figure value={null} reason="No analysis a week before" />
        ) : (
          <span className={change > 0 ? "text-buy" : change < 0 ? "text-sell" : "text-muted"}>
            {signed(change, 1)}
          </span>
        )}
      </td>
      <td className={cn(CELL, "text-right")}>
        <Figure value={row.price === null ? null : decimal(row.price, 2)} reason="No price in the source" />
      </td>
      <td className={cn(CELL, "text-right", hiddenUnless(sort, "pe"))}>
        <Figure
          value={row.price_earnings === null ? null : decimal(row.price_earnings, 1)}
          reason="No P/E: a loss, or not in the source"
        />
      </td>
      <td className={cn(CELL, "text-right", hiddenUnless(sort, "yield"))}>
        <Figure
          value={row.dividend_yield === null ? null : percent(row.dividend_yield)}
          reason="No dividend in the source"
        />
      </td>
      <td
        className={cn(CELL, "text-right", hiddenUnless(sort, "cap"))}
        title={row.market_cap === null ? undefined : exactMoney(row.market_cap)}
      >
        <Figure
          value={row.market_cap === null ? null : money(row.market_cap)}
          reason="Market cap missing in the source"
        />
      </td>
      <td className={cn(CELL, "hidden @min-[740px]:table-cell")}>
        <Sparkline values={row.sparkline} className="ml-auto" />
      </td>
    </tr>
  );
}

function Figure({ value, reason }: { value: string | null; reason: string }) {
  return value === null ? <Missing reason={reason} /> : value;
}

function NotRated({ reason }: { reason: string }) {
  return (
    <span title={reason} className="whitespace-nowrap text-muted text-xs">
      Not rated
    </span>
  );
}
