import type { Lookup, Table } from "@chat/protocol/frames.gen";
import { cn } from "@shared/lib/cn";
import { Button } from "@shared/ui/button";
import { Check, Copy, LoaderCircle, Search, SearchX } from "lucide-react";
import { useState } from "react";
import { asTsv, lookupWords } from "../core/figureWords";

const ICON = { running: LoaderCircle, ok: Search, failed: SearchX } as const;

/** What was looked up for an answer: while it runs, and what came of it. */
export function LookupChips({ lookups }: { lookups: readonly Lookup[] }) {
  if (lookups.length === 0) return null;
  return (
    <ul data-slot="lookups" aria-label="Looked up" className="flex flex-wrap gap-1.5">
      {lookups.map((lookup) => {
        const Icon = ICON[lookup.status];
        return (
          <li
            key={lookup.n}
            data-status={lookup.status}
            className="inline-flex max-w-full items-center gap-1.5 rounded-full border border-line px-2.5 py-0.5 text-muted text-xs"
          >
            <Icon
              aria-hidden="true"
              className={cn("size-3 shrink-0", lookup.status === "running" && "animate-spin")}
            />
            <span className="truncate">{lookupWords(lookup)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** The results that are tables, below the text that speaks of them. */
export function LookupTables({ lookups }: { lookups: readonly Lookup[] }) {
  return lookups.map(
    ({ n, words, result }) =>
      result && result.rows.length > 0 && <ResultTable key={n} caption={words} table={result} />,
  );
}

const COPIED_FOR_MS = 1500;

function ResultTable({ caption, table }: { caption: string; table: Table }) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(asTsv(table));
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_FOR_MS);
  }
  const Icon = isCopied ? Check : Copy;
  return (
    <figure data-slot="result" className="rounded-lg border border-line">
      <figcaption className="flex items-center gap-2 border-line border-b bg-surface py-0.5 pr-1 pl-2.5 text-muted text-xs">
        <span className="min-w-0 flex-1 truncate">{caption}</span>
        {navigator.clipboard && (
          <Button
            title={isCopied ? "Copied" : "Copy for a spreadsheet"}
            aria-label={isCopied ? "Copied" : "Copy for a spreadsheet"}
            variant="ghost"
            size="icon-sm"
            onClick={() => void copy()}
          >
            <Icon aria-hidden="true" className="size-3.5" />
          </Button>
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section tabIndex={0} aria-label={caption} className="relative max-h-80 overflow-auto">
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr>
              {table.columns.map((column, at) => (
                <th
                  key={column}
                  scope="col"
                  className={cn(CELL, "font-medium text-muted text-xs", isNumeric(table, at) && "text-right")}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.join(" ")}>
                {row.map((cell, at) => (
                  <td
                    key={table.columns[at] ?? at}
                    className={cn(CELL, isNumeric(table, at) && "text-right")}
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
}

const CELL = "whitespace-nowrap border-line px-2.5 py-1.5 text-left align-top not-last:border-r-0";

/** A column of figures is set to the right: one where every cell that says something has a digit. */
function isNumeric({ rows }: Table, at: number): boolean {
  const cells = rows.map((row) => row[at] ?? "—").filter((cell) => cell !== "—");
  return cells.length > 0 && cells.every((cell) => /^[−+$]?[\d,.]+\s?(%|pp|[KMBT])?$/.test(cell));
}
