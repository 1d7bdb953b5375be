import type { LayoutKind } from "@shared/lib/useLayoutKind";
import { Skeleton } from "@shared/ui/skeleton";
import { MessageCircleQuestion } from "lucide-react";
import { type Ref, useEffect } from "react";
import { unfinishedTurns } from "../core/conversation";
import { disclaimerWords } from "../core/words";
import { preloadMarkdown } from "./AnswerText";
import { ChatComposer, type ComposerHandle } from "./ChatComposer";
import { ChatHeader } from "./ChatHeader";
import { useChatStore, useSay } from "./ChatProvider";
import { ConnectionNotice } from "./ConnectionNotice";
import { DeletionNotice } from "./DeletionNotice";
import { MessageList } from "./MessageList";
import { SuggestedQuestions } from "./SuggestedQuestions";
import { useViewedCompany } from "./useViewedCompany";

/** The whole chat, wherever it is put: beside the page, over it, or as a sheet. */
export function ChatPanel({
  kind,
  onClose,
  composer,
}: {
  kind: LayoutKind;
  onClose: (() => void) | null;
  composer: Ref<ComposerHandle>;
}) {
  const { ticker, asOf, company } = useViewedCompany();
  const say = useSay();
  const isEmpty = useChatStore((state) => state.messages.length === 0);
  const isLoaded = useChatStore((state) => state.isLoaded);
  // What will not come is not announced; the notice above says why and what to do.
  const isComing = useChatStore(({ connection: { phase } }) => phase !== "signed_out" && phase !== "stopped");
  const isAnswering = useChatStore((state) => unfinishedTurns(state.messages).length > 0);
  const model = useChatStore((state) => state.model);
  const sessionId = useChatStore((state) => state.sessionId);
  const rated = company?.isRated ? ticker : null;

  useEffect(preloadMarkdown, []);

  return (
    <div data-slot="chat-panel" className="flex h-full min-h-0 flex-col bg-bg">
      <ChatHeader ticker={ticker} asOf={asOf} kind={kind} onClose={onClose} />
      <ConnectionNotice />
      <DeletionNotice />
      {isEmpty ? (
        <div className="relative min-h-0 flex-1 overflow-y-auto px-4 py-6">
          {isLoaded && <EmptyChat ticker={ticker} name={company?.name ?? null} rated={rated} />}
          {!isLoaded && isComing && <ChatLoading />}
        </div>
      ) : (
        <MessageList key={sessionId} viewed={ticker} />
      )}
      {!isEmpty && !isAnswering && rated && <SuggestedQuestions ticker={rated} compact />}
      <ChatComposer handle={composer} ticker={ticker} />
      <p
        data-slot="disclaimer"
        className="-mt-2 px-4 pb-[max(0.625rem,env(safe-area-inset-bottom))] text-center text-2xs text-muted"
      >
        {disclaimerWords(say, model)}
      </p>
    </div>
  );
}

function EmptyChat({
  ticker,
  name,
  rated,
}: {
  ticker: string | null;
  name: string | null;
  rated: string | null;
}) {
  const say = useSay();
  return (
    <div className="flex h-full flex-col justify-end gap-5">
      <div>
        <MessageCircleQuestion aria-hidden="true" className="mb-3 size-6 text-accent" />
        <h3 className="font-semibold text-base">
          {ticker === null ? say("askCompany") : say("askAbout", { name: name ?? ticker })}
        </h3>
        <p className="mt-1 text-muted">
          {ticker === null ? say("openCompany") : rated === null ? say("notRated") : say("fromAnalysis")}
        </p>
      </div>
      {rated !== null && <SuggestedQuestions ticker={rated} compact={false} />}
    </div>
  );
}

function ChatLoading() {
  const say = useSay();
  return (
    <div role="status" aria-label={say("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-9 w-3/5 self-end rounded-2xl" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-11/12" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  );
}
