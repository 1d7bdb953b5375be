import type { ChatHost } from "@chat/react/host";
import { decimal } from "@shared/lib/format";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { Link, useMatch, useNavigate } from "react-router";
import { analysesQuery, analysisQuery, historyQuery, useCompanyRow } from "@/api/queries";
import { RATING_WORD } from "@/lib/rating";
import { suggest } from "@/lib/suggest";
import { signInAgain } from "@/session/signIn";

/** The dashboard as the page around the chat. */
export const chatHost: ChatHost = {
  usePage() {
    const onPage = useMatch("/company/:ticker")?.params.ticker?.toUpperCase() ?? null;
    const { data: rows } = useQuery(analysesQuery);
    // A mistyped address is no company. Until the companies are here the address is believed, so that a question
    // asked in that moment is about the page.
    const isKnown = rows?.some((row) => row.ticker === onPage) ?? false;
    return { ticker: rows === undefined || isKnown ? onPage : null, isKnown };
  },

  useCompany(ticker) {
    const row = useCompanyRow(ticker);
    return row && { name: row.name, asOf: row.as_of, isRated: row.rating !== null };
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

  AnalysisLink({ source, className, children }) {
    const to = `/company/${encodeURIComponent(source.ticker)}?analysis=${source.analysis_id}`;
    return (
      <Link data-slot="source" to={to} className={className}>
        {children}
      </Link>
    );
  },

  useCite() {
    const navigate = useNavigate();
    return useCallback(
      ({ ticker, analysis_id, where }) => {
        const query = analysis_id === null ? "" : `?analysis=${analysis_id}`;
        void navigate(`/company/${encodeURIComponent(ticker)}${query}#${where}`);
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
