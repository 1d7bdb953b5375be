import { DeletionWords, useChatStore, useDeletions, useSidebar } from "@chat/react";
import { cn } from "@shared/lib/cn";
import { moment } from "@shared/lib/format";
import { Button } from "@shared/ui/button";
import { useQuery } from "@tanstack/react-query";
import { MessagesSquare, Trash2 } from "lucide-react";
import { sessionsQuery } from "@/api/queries";
import type { SessionRow } from "@/api/types";
import { PageSkeleton } from "@/components/PageLoading";
import { PageTitle } from "@/components/PageTitle";
import { LoadError, StateMessage } from "@/components/States";

export default function ConversationsPage() {
  const { data, error, refetch } = useQuery({ ...sessionsQuery, refetchOnMount: "always" });
  return (
    <>
      <PageTitle title="Conversations" />
      <div className="mt-5">
        {error && !data ? (
          <LoadError what="The conversations" error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <PageSkeleton />
        ) : data.length === 0 ? (
          <StateMessage icon={MessagesSquare} title="No conversations yet">
            Open a company and ask about its analysis: the conversation is kept here.
          </StateMessage>
        ) : (
          <ul className="border-line border-t">
            {data.map((session) => (
              <Conversation key={session.session_id} session={session} />
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function Conversation({ session }: { session: SessionRow }) {
  const current = useChatStore((state) => state.sessionId);
  const openConversation = useChatStore((state) => state.openConversation);
  const startConversation = useChatStore((state) => state.startConversation);
  const { setSidebarOpen } = useSidebar();
  const deletion = useDeletions(({ deletions }) =>
    deletions.find(({ sessionId }) => sessionId === session.session_id),
  );
  const deleteLater = useDeletions((state) => state.remove);
  const isCurrent = session.session_id === current;

  function open() {
    openConversation(session.session_id);
    setSidebarOpen(true);
  }
  function remove() {
    deleteLater(session.session_id, isCurrent);
    if (isCurrent) startConversation();
  }

  if (deletion?.phase === "done") return null;
  if (deletion) {
    return (
      <li className="border-line border-b">
        <p role="status" className="px-2 py-3 text-muted">
          <DeletionWords deletion={deletion} />
        </p>
      </li>
    );
  }
  return (
    <li className={cn("flex items-center gap-2 border-line border-b", isCurrent && "bg-surface")}>
      <button
        type="button"
        onClick={open}
        className="flex min-w-0 flex-1 items-center gap-4 px-2 py-3 text-left hover:bg-surface"
      >
        <span className="w-14 shrink-0 font-semibold">{session.context_ticker ?? "—"}</span>
        <span className="min-w-0 flex-1 truncate">{session.title ?? "Untitled"}</span>
        {isCurrent && <span className="hidden text-accent text-xs sm:inline">Open now</span>}
        <time dateTime={session.updated_at} className="shrink-0 text-muted text-xs">
          {moment(Date.parse(session.updated_at), Date.now())}
        </time>
      </button>
      <Button
        variant="ghost"
        size="icon"
        className="mr-2"
        aria-label={`Delete “${session.title ?? "Untitled"}”`}
        onClick={remove}
      >
        <Trash2 aria-hidden="true" className="size-4" />
      </Button>
    </li>
  );
}
