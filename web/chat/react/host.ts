import type { AnalysisRef, Source } from "@chat/protocol/frames.gen";
import type { ComponentType, ReactNode } from "react";

/** A company as the page around the chat knows it. */
export interface HostCompany {
  name: string;
  /** The date of its newest analysis. */
  asOf: string | null;
  isRated: boolean;
}

/** A figure of an answer that the reader chose. */
export interface Citation {
  ticker: string;
  /** The analysis's key of it, "price_earnings". */
  metric: string;
  /** The date and the id of the analysis it is of. */
  as_of: string | null;
  analysis_id: number | null;
}

export type OnCite = (citation: Citation) => void;

/** What the page around the chat knows and does for it. The functions named `use…` are hooks. */
export interface ChatHost {
  useCompany: (ticker: string | null) => HostCompany | undefined;
  /** First questions about a company; none while its analysis is not here. */
  useSuggestions: (ticker: string) => readonly string[];
  /** How an analysis rates, "Hold 57.9"; null while that is not known. */
  useVerdict: (source: AnalysisRef) => string | null;
  /** A link to the analysis that an answer read. */
  AnalysisLink: ComponentType<{
    source: AnalysisRef;
    className: string;
    onClick: () => void;
    children: ReactNode;
  }>;
  /** Shows where a figure stands: scrolls to its row and lights it. */
  useCite: () => (source: Source) => void;
  /** The name of a company; null while it is not known. */
  useCompanyName: () => (ticker: string) => string | null;
  /** A link to a company's page. */
  CompanyLink: ComponentType<{ ticker: string; className: string; onClick: () => void; children: ReactNode }>;
  /** What the page calls the figure at a place, "P/E"; null while that is not known. */
  useFigureLabel: (source: Source) => string | null;
  /** Null where the page has no list of conversations. */
  useGoToConversations: () => (() => void) | null;
  /** Null: the page's `getToken` is asked again. */
  signIn: (() => void) | null;
}
