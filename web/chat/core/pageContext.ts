/** What the reader is looking at on the page around the chat. */
export interface ChatContext {
  /** The company; null on a page about none, where the conversation stays with its last one. */
  ticker: string | null;
  /** The analysis on screen, when it is not the company's newest. */
  analysisId?: number | null;
  /** The figure that is looked at, by the analysis's key ("price_earnings"): questions about it are suggested first. */
  focus?: string | null;
  /** False while it is not known whether there is such a company: questions name it, the session's page stays. */
  isKnown?: boolean;
}

export const NO_PAGE: Required<ChatContext> = { ticker: null, analysisId: null, focus: null, isKnown: false };

/** "KO" is short for a page about KO. */
export function asContext(context: string | ChatContext | null | undefined): Required<ChatContext> {
  if (context == null) return NO_PAGE;
  const {
    ticker,
    analysisId = null,
    focus = null,
    isKnown = true,
  } = typeof context === "string" ? { ticker: context } : context;
  return { ticker: ticker === null ? null : ticker.trim().toUpperCase() || null, analysisId, focus, isKnown };
}

export interface PageContexts {
  /** The page as a whole. */
  set: (context: Required<ChatContext>) => void;
  /** A part of the page, as long as it is there: the last one that came counts. Returns what withdraws it. */
  declare: (context: Required<ChatContext>) => () => void;
}

export function pageContexts(
  first: Required<ChatContext>,
  show: (context: Required<ChatContext>) => void,
): PageContexts {
  let page = first;
  const parts = new Set<{ context: Required<ChatContext> }>();
  const tell = () => show([...parts].at(-1)?.context ?? page);
  return {
    set(context) {
      page = context;
      tell();
    },
    declare(context) {
      const part = { context };
      parts.add(part);
      tell();
      return () => {
        if (parts.delete(part)) tell();
      };
    },
  };
}
