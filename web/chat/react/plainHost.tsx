import type { KnownCompany } from "@chat/core/companies";
import { keyOf } from "@chat/core/figureKey";
import { useCallback, useEffect } from "react";
import { useStore } from "zustand";
import type { Say } from "../core/say";
import { useChat, useChatStore, useSay } from "./ChatProvider";
import type { ChatHost, OnCite } from "./host";

/** A page that says nothing of itself: the chat asks the gateway for names, and links to nothing. */
export function completeHost(given: Partial<ChatHost>, onCite: OnCite): ChatHost {
  return {
    useCompany(ticker) {
      const known = useKnownCompany(ticker);
      return ticker === null ? undefined : known;
    },
    useSuggestions(ticker) {
      const known = useKnownCompany(ticker);
      const focus = useChatStore((state) => state.pageFocus);
      const say = useSay();
      return known ? suggestions(say, known, focus) : NONE;
    },
    useVerdict: () => null,
    AnalysisLink: ({ className, children }) => <span className={className}>{children}</span>,
    useCite: () =>
      useCallback(
        (source) =>
          onCite({
            ticker: source.ticker,
            metric: keyOf(source),
            as_of: source.as_of,
            analysis_id: source.analysis_id,
          }),
        [],
      ),
    useFigureLabel(source) {
      return useKnownCompany(source.ticker)?.labels[keyOf(source)] ?? null;
    },
    useGoToConversations: () => null,
    signIn: null,
    ...given,
  };
}

const NONE: readonly string[] = [];

/** What the gateway says of a company, asked for when somebody wants to know. */
function useKnownCompany(ticker: string | null): KnownCompany | undefined {
  const { companies } = useChat();
  const isConnected = useChatStore((state) => state.isConnected);
  useEffect(() => {
    if (ticker !== null && isConnected) void companies.getState().load(ticker);
  }, [companies, ticker, isConnected]);
  return useStore(companies, ({ known }) => (ticker === null ? undefined : known[ticker]));
}

function suggestions(say: Say, { labels }: KnownCompany, focus: string | null): readonly string[] {
  const looked = focus === null ? [] : [say("suggestFocus", { figure: labels[focus] ?? focus })];
  return [...looked, say("suggestWhy"), say("suggestAgainst"), say("suggestChange")];
}
