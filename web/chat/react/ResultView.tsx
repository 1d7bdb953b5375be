import type { Lookup, Table } from "@chat/protocol/frames.gen";
import { cn } from "@shared/lib/cn";
import { Button } from "@shared/ui/button";
import { Check, ChevronRight, Copy } from "lucide-react";
import { useState } from "react";
import { asTsv, captionWords, cellWords, columnWords, shownNumber, spokenName } from "../core/figureWords";
import { useSay } from "./ChatProvider";
import { CompanyCell } from "./CompanyCell";
import { SeriesChart, seriesOf } from "./SeriesChart";
import { useFigureSay } from "./useFigureSay";

const COPIED_FOR_MS = 1500;

/** One result: a series as a chart with its table below, everything else as a table. Both go into a spreadsheet. */
export default function ResultView({ lookup, table }: { lookup: Lookup; table: Table }) {
  const caption = captionWords(useSay(), lookup);
  const series = lookup.tool === "history" ? seriesOf(table) : null;
  return (
    <figure data-slot="result" className="min-w-0 overflow-hidden rounded-lg border border-line">
      <figcaption className="flex items-center gap-2 border-line border-b bg-surface py-0.5 pr-1 pl-2.5 text-muted text-xs">
        <span className="min-w-0 flex-1 py-1">{caption}</span>
        <CopyTable table={table} />
      </figcaption>
      {series === null ? (
        <ScrolledTable caption={caption} table={table} />
      ) : (
        <>
          <SeriesChart title={caption} name={columnWords(table.columns[1] ?? "")} points={series} />
          <details className="group border-line border-t text-xs">
            <summary className="flex cursor-pointer list-none items-center gap-1 px-2.5 py-1.5 text-muted hover:text-text max-md:min-h-11 [&::-webkit-details-marker]:hidden">
              <ChevronRight
                aria-hidden="true"
                className="size-3.5 transition-transform group-open:rotate-90"
              />
              {series.length} figures as a table
            </summary>
            <ScrolledTable caption={caption} table={table} />
          </details>
        </>
      )}
    </figure>
  );
}

function CopyTable({ table }: { table: Table }) {
  const [isCopied, setCopied] = useState(false);
  const say = useSay();
  const figureSay = useFigureSay();
  // Pages served without https have no clipboard.
  if (!navigator.clipboard) return null;
  async function copy() {
    await navigator.clipboard.writeText(asTsv(table));
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  }
  const Icon = isCopied ? Check : Copy;
  const words = isCopied ? say("copied") : figureSay("copyTable");
  return (
    <Button title={words} aria-label={words} variant="ghost" size="icon-sm" onClick={() => void copy()}>
      <Icon aria-hidden="true" className="size-3.5" />
    </Button>
  );
}

/** Scrolls in itself, whatever its width; its head and its first column stay. */
function ScrolledTable({ caption, table }: { caption: string; table: Table }) {
  const figureSay = useFigureSay();
  const at = table.columns.indexOf("ticker");
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      aria-label={caption}
      className="relative max-h-80 overflow-auto outline-offset-[-2px]"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th
                key={column}
                scope="col"
                className={cn(
                  CELL,
                  "sticky top-0 z-10 bg-bg font-medium text-muted text-xs",
                  index === 0 && "left-0 z-20",
                  isNumeric(table, index) && "text-right",
                )}
              >
                {columnWords(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(table.rows).map(([key, row]) => (
            <tr key={key} className="last:[&>*]:border-b-0">
              {row.map((cell, index) => {
                const Cell = index === 0 ? "th" : "td";
                return (
                  <Cell
                    key={table.columns[index] ?? index}
                    {...(index === 0 && { scope: "row" })}
                    className={cn(
                      CELL,
                      index === 0 && "sticky left-0 bg-bg font-medium",

                      isNumeric(table, index) && "text-right",
                    )}
                    title={table.columns[index] === "company" ? cell : undefined}
                  >
                    {index === at ? (
                      <CompanyCell ticker={cell} />
                    ) : table.columns[index] === "company" ? (
                      spokenName(cell)
                    ) : (
                      cellWords(figureSay, cell)
                    )}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const CELL = "whitespace-nowrap border-line border-b px-2.5 py-1.5 max-md:py-3 text-left align-top";

/** The rows with a key each, also where two are alike. */
function keyed(rows: Table["rows"]): Array<[string, string[]]> {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const text = row.join("\t");
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return [`${text} ${times}`, row];
  });
}

/** A column of figures is set to the right: one where every cell that says something is a number. */
function isNumeric({ rows }: Table, at: number): boolean {
  const cells = rows.map((row) => row[at] ?? "—").filter((cell) => cell !== "—" && cell !== "");
  return cells.length > 0 && cells.every((cell) => shownNumber(cell) !== null);
}
