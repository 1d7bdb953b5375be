import { cn } from "@shared/lib/cn";
import { useNow } from "@shared/lib/useNow";
import { Button } from "@shared/ui/button";
import { connectionWords, failureWords } from "../core/words";
import { useChat, useChatStore, useHost, useSay } from "./ChatProvider";

/** What the reader should know about the connection, when it is not simply live. */
export function ConnectionNotice() {
  const connection = useChatStore((state) => state.connection);
  const say = useSay();
  const { connect } = useChat();
  const signIn = useHost().signIn ?? connect;
  const notice = useChatStore((state) => state.notice);
  const now = useNow(connection.retryAt ?? notice?.retryAt ?? null);
  const { phase } = connection;

  if (phase === "idle" || phase === "connecting" || phase === "closed") return null;
  if (phase === "live") {
    return notice ? <Strip>{failureWords(say, notice, now).words}</Strip> : null;
  }
  return (
    <Strip isBad={phase === "signed_out" || phase === "stopped"}>
      {connectionWords(say, connection, now)}
      {phase === "signed_out" && (
        <>
          {" · "}
          <Button variant="link" size="inline" onClick={signIn}>
            {say("signIn")}
          </Button>
        </>
      )}
    </Strip>
  );
}

function Strip({ isBad = false, children }: { isBad?: boolean; children: React.ReactNode }) {
  return (
    <p
      role="status"
      data-slot="connection-notice"
      className={cn("border-line border-b bg-surface px-4 py-2 text-xs", isBad ? "text-sell" : "text-hold")}
    >
      {children}
    </p>
  );
}
