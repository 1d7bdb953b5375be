import { cn } from "@shared/lib/cn";
import { useNow } from "@shared/lib/useNow";
import type { Phase } from "../core/connection";
import type { Labels } from "../core/labels";
import { connectionWords } from "../core/words";
import { useChatStore, useSay } from "./ChatProvider";

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

const SHORT: Readonly<Record<Phase, keyof Labels>> = {
  idle: "connecting",
  connecting: "connecting",
  live: "live",
  reconnecting: "shortReconnecting",
  offline: "shortOffline",
  signed_out: "shortSignedOut",
  too_many: "shortWaiting",
  stopped: "shortStopped",
  closed: "shortClosed",
};

/** How the connection is, in a dot and a word. */
export function ConnectionBadge() {
  const say = useSay();
  const connection = useChatStore((state) => state.connection);
  const now = useNow(connection.retryAt);
  return (
    <button
      title={connectionWords(say, connection, now)}
      type="button"
      data-slot="connection"
      data-phase={connection.phase}
      className="flex cursor-default items-center gap-1.5 rounded px-1 text-muted text-xs"
    >
      <span aria-hidden="true" className={cn("size-2 rounded-full", DOT[connection.phase])} />
      {say(SHORT[connection.phase])}
    </button>
  );
}
