import { Button } from "@shared/ui/button";
import { Kbd } from "@shared/ui/kbd";
import { Select } from "@shared/ui/select";
import { Search } from "lucide-react";
import type { Ref } from "react";
import type { Rating } from "@/api/types";
import { isRating } from "@/lib/rating";
import { useTyped } from "@/lib/useTyped";
import type { Filters } from "./filters";

interface Props {
  filters: Filters;
  sectors: readonly string[];
  shown: number;
  total: number;
  rated: number;
  onChange: (change: Partial<Filters>) => void;
  ref: Ref<HTMLInputElement>;
}

export function FilterBar({ filters, sectors, shown, total, rated, onChange, ref }: Props) {
  const [query, setQuery] = useTyped(filters.query, (typed) => onChange({ query: typed }));
  const isFiltered = filters.query !== "" || filters.sector !== "" || filters.rating !== null;
  return (
    <search className="flex flex-wrap items-center gap-2">
      <label className="relative flex min-w-48 flex-1 items-center">
        <Search aria-hidden="true" className="pointer-events-none absolute left-3 size-4 text-muted" />
        <input
          ref={ref}
          type="search"
          data-page-search
          aria-label="Search companies"
          placeholder="Search companies"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.currentTarget.blur();
          }}
          className="h-9 w-full rounded-md border border-border/60 bg-bg pr-9 pl-9 placeholder:text-muted hover:bg-surface dark:bg-surface [&::-webkit-search-cancel-button]:hidden"
        />
        <span className="pointer-events-none absolute right-2 hidden md:block">
          <Kbd>/</Kbd>
        </span>
      </label>
      <Select
        aria-label="Sector"
        value={filters.sector}
        onChange={(event) => onChange({ sector: event.target.value })}
        className="max-w-[11.5rem]"
      >
        <option value="">All sectors</option>
        {sectors.map((sector) => (
          <option key={sector}>{sector}</option>
        ))}
      </Select>
      <Select
        aria-label="Rating"
        value={filters.rating ?? ""}
        onChange={(event) => onChange({ rating: asRating(event.target.value) })}
      >
        <option value="">All ratings</option>
        <option value="buy">Buy</option>
        <option value="hold">Hold</option>
        <option value="sell">Sell</option>
      </Select>
      <p aria-live="polite" className="w-full text-muted text-xs md:w-auto md:min-w-24 md:text-right">
        {isFiltered ? `${shown} of ${total}` : `${rated} rated of ${total} listed`}
        {isFiltered && (
          <>
            {" · "}
            <Button
              variant="link"
              size="inline"
              onClick={() => onChange({ query: "", sector: "", rating: null })}
            >
              Clear
            </Button>
          </>
        )}
      </p>
    </search>
  );
}

function asRating(value: string): Rating | null {
  return isRating(value) ? value : null;
}
