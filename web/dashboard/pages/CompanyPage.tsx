import { ApiError } from "@shared/lib/apiError";
import { shortDate } from "@shared/lib/format";
import { Button } from "@shared/ui/button";
import { useQuery } from "@tanstack/react-query";
import { FileX, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { analysesQuery, analysisQuery } from "@/api/queries";
import type { AnalysisDetail, AnalysisRow, Company } from "@/api/types";
import { PageLoading } from "@/components/PageLoading";
import { PageTitle } from "@/components/PageTitle";
import { LoadError, StateMessage } from "@/components/States";
import { useCited } from "@/lib/useCited";
import { CompanyHeader } from "./company/CompanyHeader";
import { History } from "./company/History";
import { Metrics } from "./company/Metrics";
import { NotCounted } from "./company/NotCounted";
import { Price } from "./company/Price";
import { Waterfall } from "./company/Waterfall";

export default function CompanyPage() {
  const ticker = (useParams().ticker ?? "").toUpperCase();
  const [params] = useSearchParams();
  const id = Number(params.get("analysis")) || undefined;
  const rows = useQuery(analysesQuery);
  const row = rows.data?.find((candidate) => candidate.ticker === ticker);
  const { data: analysis, error, refetch } = useQuery(analysisQuery(ticker, { id }));

  useCited(analysis !== undefined);
  if (analysis) return <Rated analysis={analysis} row={row} newest={newestDate(rows.data)} />;
  if (error instanceof ApiError && error.status === 404) {
    if (rows.isPending) return <PageLoading title={ticker} />;
    return row ? <NotRated row={row} isOld={id !== undefined} /> : <UnknownCompany ticker={ticker} />;
  }
  if (error) {
    return (
      <>
        <PageTitle title={ticker} hidden />
        <LoadError what="The analysis" error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  return <PageLoading title={ticker} />;
}

function Rated({
  analysis,
  row,
  newest,
}: {
  analysis: AnalysisDetail;
  row: AnalysisRow | undefined;
  newest: string | null;
}) {
  const { company, ticker } = analysis;
  const isOlder = row?.as_of != null && analysis.as_of < row.as_of;
  const isStale = !isOlder && newest !== null && analysis.as_of < newest;
  const price = analysis.metrics.find(({ key }) => key === "price")?.value ?? null;
  return (
    <article className="flex flex-col gap-10">
      <div className="flex flex-col gap-5">
        {isOlder && row.as_of !== null && (
          <Banner>
            This is the analysis of {shortDate(analysis.as_of)}. The newest is of {shortDate(row.as_of)}.{" "}
            <Link
              to={`/company/${encodeURIComponent(ticker)}`}
              className="text-accent underline underline-offset-2"
            >
              Open the newest
            </Link>
          </Banner>
        )}
        {company.not_rated !== null && (
          <Banner>{notRatedWords(company.not_rated)} What follows is the last analysis.</Banner>
        )}
        {isStale && company.not_rated === null && (
          <Banner>
            The figures are of {shortDate(analysis.as_of)}; other companies have newer ones, of{" "}
            {shortDate(newest)}.
          </Banner>
        )}
        <CompanyHeader company={company} analysis={analysis} price={price} />
        <p className="max-w-3xl text-pretty text-[0.9375rem] leading-6">{analysis.summary}</p>
      </div>
      <Waterfall analysis={analysis} />
      <Price ticker={ticker} analysis={analysis} />
      <Metrics analysis={analysis} />
      <NotCounted analysis={analysis} />
      <History ticker={ticker} shownId={analysis.id} />
      <p className="text-muted text-xs">
        A rule made this rating from public figures; it is not advice.{" "}
        <Link to="/about" className="underline underline-offset-2 hover:text-text">
          How the rule works
        </Link>
      </p>
    </article>
  );
}

function NotRated({ row, isOld }: { row: AnalysisRow; isOld: boolean }) {
  const company: Company = { ...row, sub_industry: row.industry_group };
  return (
    <article className="flex flex-col gap-8">
      <CompanyHeader company={company} analysis={null} price={null} />
      <StateMessage
        icon={FileX}
        title={isOld ? "There is no such analysis" : notRatedWords(row.not_rated)}
        action={
          isOld ? (
            <Button asChild variant="primary">
              <Link to={`/company/${encodeURIComponent(row.ticker)}`}>Open the newest</Link>
            </Button>
          ) : undefined
        }
      >
        {isOld
          ? "It may have been replaced by an import."
          : "A company is rated once enough of its figures are in the source."}
      </StateMessage>
      <Price ticker={row.ticker} analysis={null} />
    </article>
  );
}

function UnknownCompany({ ticker }: { ticker: string }) {
  return (
    <>
      <PageTitle title="Not found" hidden />
      <StateMessage
        icon={SearchX}
        title={`There is no company “${ticker}” here`}
        action={
          <Button asChild variant="primary">
            <Link to="/">See all companies</Link>
          </Button>
        }
      >
        The overview lists every company there is an analysis of.
      </StateMessage>
    </>
  );
}

function Banner({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="rounded-lg border border-hold/40 bg-surface px-3.5 py-2.5 text-hold">
      {children}
    </p>
  );
}

function notRatedWords(reason: string | null): string {
  if (reason === null) return "Not rated.";
  return /^not rated/i.test(reason) ? reason : `Not rated: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`;
}

function newestDate(rows: readonly AnalysisRow[] | undefined): string | null {
  return (
    rows?.reduce<string | null>(
      (latest, { as_of }) => (as_of && (!latest || as_of > latest) ? as_of : latest),
      null,
    ) ?? null
  );
}
