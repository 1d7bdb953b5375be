import { cn } from "@shared/lib/cn";
import { decimal } from "@shared/lib/format";
import { Modal } from "@shared/ui/modal";
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useNavigate } from "react-router";
import { analysesQuery } from "@/api/queries";
import { RatingBadge } from "@/components/RatingBadge";
import { findCompanies } from "@/lib/findCompanies";

const SHOWN = 8;

/** ⌘K: a few letters of a ticker or a name, and Enter. */
export default function CompanyFinder({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      open
      onClose={onClose}
      aria-label="Find a company"
      className="mt-[12dvh] w-[34rem] max-w-[calc(100vw-1.5rem)] overflow-hidden rounded-2xl border border-line p-0 shadow-2xl"
    >
      <Finder onClose={onClose} />
    </Modal>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const list = useId();
  const { data: rows = [] } = useQuery(analysesQuery);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = findCompanies(rows, query).slice(0, SHOWN);

  useEffect(() => {
    document.getElementById(`${list}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [list, chosen]);

  function open(ticker: string | undefined) {
    if (ticker === undefined) return;
    onClose();
    void navigate(`/company/${encodeURIComponent(ticker)}`);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setChosen((at) => Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setChosen((at) => Math.max(at - 1, 0));
    else if (event.key === "Enter") open(found[chosen]?.ticker);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <label className="flex items-center gap-3 border-line border-b px-4">
        <Search aria-hidden="true" className="size-4 text-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog exists to be typed into.
          autoFocus
          role="combobox"
          aria-label="Ticker or name"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={found.length > 0 ? `${list}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Ticker or name"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          className="h-13 w-full bg-transparent text-base outline-none placeholder:text-muted"
        />
      </label>
      <div id={list} role="listbox" aria-label="Companies" className="max-h-[24rem] overflow-y-auto p-1.5">
        {found.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keys.
          <div
            key={row.ticker}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onMouseMove={() => setChosen(index)}
            onClick={() => open(row.ticker)}
            className={cn(
              "flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2",
              index === chosen && "bg-raised",
            )}
          >
            <span className="w-14 font-semibold">{row.ticker}</span>
            <span className="min-w-0 flex-1 truncate text-muted">{row.name}</span>
            {row.rating !== null && row.score !== null ? (
              <>
                <RatingBadge rating={row.rating} className="text-xs" />
                <span className="w-9 text-right font-medium">{decimal(row.score, 1)}</span>
              </>
            ) : (
              <span className="text-muted text-xs">Not rated</span>
            )}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="px-4 pb-6 text-center text-muted">No company matches “{query}”.</p>
      )}
    </>
  );
}
