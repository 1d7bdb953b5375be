import { cn } from "@shared/lib/cn";
import { useNow } from "@shared/lib/useNow";
import type { Phase } from "../core/connection";
import { connectionWords } from "../core/words";
import { useChatStore } from "./ChatProvider";

const DOT: Readonly<Record<Phase, string>> = {
  idle: "bg-muted",
  connecting: "animate-pulse bg-hold",
  live: "bg-buy",
  reconnecting: "animate-pulse bg-hold",
  offline: "bg-muted",
  signed_out: "bg-sell",
  too_many: "bg-hold",
  stopped: "bg-sell",
  closed: "bg-muted",
};

const SHORT: Readonly<Record<Phase, string>> = {
  idle: "Connecting…",
  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting",
  offline: "Offline",
  signed_out: "Signed out",
  too_many: "Waiting",
  stopped: "Stopped",
  closed: "Closed",
};

/** How the connection is, in a dot and a word. */
export function ConnectionBadge() {
  const connection = useChatStore((state) => state.connection);
  const now = useNow(connection.retryAt);
  return (
    <button
      title={connectionWords(connection, now)}
      type="button"
      data-slot="connection"
      data-phase={connection.phase}
      className="flex cursor-default items-center gap-1.5 rounded px-1 text-muted text-xs"
    >
      <span aria-hidden="true" className={cn("size-2 rounded-full", DOT[connection.phase])} />
      {SHORT[connection.phase]}
    </button>
  );
}
