import { longDate, sessionBefore, shortDate } from "@shared/lib/format";
import { useLayoutKind } from "@shared/lib/useLayoutKind";
import { Button } from "@shared/ui/button";
import { useQuery } from "@tanstack/react-query";
import { SearchX, Sheet } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { analysesQuery } from "@/api/queries";
import type { AnalysisRow } from "@/api/types";
import { PageLoading } from "@/components/PageLoading";
import { PageTitle } from "@/components/PageTitle";
import { LoadError, StateMessage } from "@/components/States";
import { CompanyCards } from "./overview/CompanyCards";
import { CompanyTable } from "./overview/CompanyTable";
import { FilterBar } from "./overview/FilterBar";
import { applyFilters, type Filters, readFilters, writeFilters } from "./overview/filters";
import { Summary } from "./overview/Summary";

export function OverviewPage() {
  const { data: rows, error, refetch } = useQuery(analysesQuery);
  if (error && !rows) {
    return (
      <>
        <PageTitle title="Overview" hidden />
        <LoadError what="The analyses" error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!rows) return <PageLoading title="Overview" />;
  if (rows.length === 0) {
    return (
      <>
        <PageTitle title="Overview" hidden />
        <StateMessage icon={Sheet} title="There are no analyses yet">
          Import some with “make import FILE=analyses.json”, or start with “make run”, which loads the sample
          data.
        </StateMessage>
      </>
    );
  }
  return <Overview rows={rows} />;
}

function Overview({ rows }: { rows: AnalysisRow[] }) {
  const kind = useLayoutKind();
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const shown = useMemo(() => applyFilters(rows, filters), [rows, filters]);
  const sectors = useMemo(
    () => [...new Set(rows.flatMap((row) => row.sector ?? []))].sort((a, b) => a.localeCompare(b)),
    [rows],
  );
  const newest = useMemo(
    () => rows.reduce((latest, { as_of }) => (as_of && as_of > latest ? as_of : latest), ""),
    [rows],
  );
  const search = useRef<HTMLInputElement>(null);
  const wantsSearch = params.get("focus") === "search";

  useEffect(() => {
    if (wantsSearch) search.current?.focus();
  }, [wantsSearch]);

  function change(next: Partial<Filters>) {
    setParams((current) => writeFilters(current, next), { replace: true });
  }

  return (
    <div className="flex flex-col gap-6">
      <header>
        <PageTitle title="Overview" />
        {newest !== "" && (
          <p className="mt-0.5 text-muted">
            Snapshot of {longDate(newest)} (close of {shortDate(sessionBefore(newest))})
          </p>
        )}
      </header>
      <Summary rows={rows} selected={filters.rating} onSelect={(rating) => change({ rating })} />
      <section aria-label="Companies" className="flex flex-col gap-3">
        <FilterBar
          ref={search}
          filters={filters}
          sectors={sectors}
          shown={shown.length}
          total={rows.length}
          rated={rows.filter(({ rating }) => rating !== null).length}
          onChange={change}
        />
        {shown.length === 0 ? (
          <StateMessage
            icon={SearchX}
            title="No company matches"
            action={
              <Button onClick={() => change({ query: "", sector: "", rating: null })}>
                Clear the filters
              </Button>
            }
          >
            Try a ticker, a part of a name, or fewer filters.
          </StateMessage>
        ) : kind === "phone" ? (
          <CompanyCards rows={shown} />
        ) : (
          <CompanyTable
            rows={shown}
            filters={filters}
            onSort={(sort, descending) => change({ sort, descending })}
          />
        )}
      </section>
    </div>
  );
}
