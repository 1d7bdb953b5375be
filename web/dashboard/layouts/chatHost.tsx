import type { ChatContext } from "@chat";
import type { ChatHost } from "@chat/react";
import { decimal } from "@shared/lib/format";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { Link, useMatch, useNavigate, useSearchParams } from "react-router";
import { analysesQuery, analysisQuery, historyQuery, useCompanyRow } from "@/api/queries";
import type { AnalysisStep } from "@/api/types";
import { RATING_WORD } from "@/lib/rating";
import { suggest } from "@/lib/suggest";
import { signInAgain } from "@/session/signIn";

/** The page that is open, as the chat is told of it. */
export function usePage(): ChatContext {
  const onPage = useMatch("/company/:ticker")?.params.ticker?.toUpperCase() ?? null;
  const [params] = useSearchParams();
  const { data: rows } = useQuery(analysesQuery);
  const { data: steps } = useQuery({ ...historyQuery(onPage ?? ""), enabled: onPage !== null });
  // A mistyped address is no company. Until the companies are here the address is believed, so that a question
  // asked in that moment is about the page.
  const isKnown = rows?.some((row) => row.ticker === onPage) ?? false;
  const shown = Number(params.get("analysis")) || null;
  // The newest goes without saying: a newer one may come while the page is open.
  const isOlder = steps?.some(({ id }) => id === shown) === true && shown !== newestOf(steps);
  return {
    ticker: rows === undefined || isKnown ? onPage : null,
    analysisId: isOlder ? shown : null,
    isKnown,
  };
}

/** The dashboard as the page around the chat. */
export const chatHost: ChatHost = {
  useCompany(ticker) {
    const row = useCompanyRow(ticker);
    return row && { name: row.name, asOf: row.as_of, isRated: row.rating !== null };
  },

  useCompanyName() {
    const { data: rows } = useQuery(analysesQuery);
    const names = useMemo(() => new Map(rows?.map(({ ticker, name }) => [ticker, name])), [rows]);
    return useCallback((ticker) => names.get(ticker) ?? null, [names]);
  },

  CompanyLink({ ticker, className, onClick, children }) {
    return (
      <Link to={`/company/${encodeURIComponent(ticker)}`} className={className} onClick={onClick}>
        {children}
      </Link>
    );
  },

  useSuggestions(ticker) {
    const { data: analysis } = useQuery({ ...analysisQuery(ticker), retry: false });
    return analysis ? suggest(analysis) : [];
  },

  useVerdict({ ticker, analysis_id }) {
    const { data } = useQuery(historyQuery(ticker));
    const step = data?.find(({ id }) => id === analysis_id);
    return step ? `${RATING_WORD[step.rating]} ${decimal(step.score, 1)}` : null;
  },

  AnalysisLink({ source, className, onClick, children }) {
    const to = `/company/${encodeURIComponent(source.ticker)}?analysis=${source.analysis_id}`;
    return (
      <Link data-slot="source" to={to} className={className} onClick={onClick}>
        {children}
      </Link>
    );
  },

  useCite() {
    const navigate = useNavigate();
    return useCallback(
      ({ ticker, analysis_id, where }) => {
        const page = `/company/${encodeURIComponent(ticker)}`;
        const query = analysis_id === null ? "" : `?analysis=${analysis_id}`;
        // One way back leads out of the page, however many of its figures were looked at.
        void navigate(`${page}${query}#${where}`, { replace: window.location.pathname === page });
      },
      [navigate],
    );
  },

  useFigureLabel({ ticker, analysis_id, where }) {
    const { data } = useQuery({
      ...analysisQuery(ticker, { id: analysis_id ?? undefined }),
      retry: false,
      enabled: analysis_id !== null,
    });
    const [, key] = where.split("/");
    return (
      data?.metrics.find((metric) => metric.key === key)?.label ??
      data?.rationale.find((item) => item.key === key)?.label ??
      null
    );
  },

  useGoToConversations() {
    const navigate = useNavigate();
    return useCallback(() => void navigate("/conversations"), [navigate]);
  },

  signIn: () => void signInAgain(),
};

function newestOf(steps: readonly AnalysisStep[]): number | null {
  const newest = steps.toSorted((a, b) => b.as_of.localeCompare(a.as_of) || b.id - a.id)[0];
  return newest?.id ?? null;
}
