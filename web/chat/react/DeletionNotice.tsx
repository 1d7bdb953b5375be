import { Button } from "@shared/ui/button";
import type { Deletion } from "../core/deletions";
import { useChat, useChatStore, useDeletions, useSay } from "./ChatProvider";

/** In the chat: what became of the conversation that was on screen, and the way back. */
export function DeletionNotice() {
  const deletion = useDeletions(({ deletions }) =>
    deletions.findLast(({ wasOpen, phase }) => wasOpen && phase !== "done"),
  );
  if (!deletion) return null;
  return (
    <p
      role="status"
      data-slot="deletion-notice"
      className="border-line border-b bg-surface px-4 py-2 text-muted text-xs"
    >
      <DeletionWords deletion={deletion} />
    </p>
  );
}

/** "Conversation deleted · Undo", wherever that is said. */
export function DeletionWords({ deletion }: { deletion: Deletion }) {
  const say = useSay();
  const { remove, undo } = useChat().deletions.getState();
  const openConversation = useChatStore((state) => state.openConversation);
  const { sessionId, wasOpen, phase } = deletion;

  function takeBack() {
    undo(sessionId);
    if (wasOpen) openConversation(sessionId);
  }

  return phase === "failed" ? (
    <>
      {say("notDeleted")} ·{" "}
      <Button variant="link" size="inline" onClick={() => remove(sessionId, wasOpen)}>
        {say("tryAgain")}
      </Button>{" "}
      ·{" "}
      <Button variant="link" size="inline" onClick={takeBack}>
        {say("keepIt")}
      </Button>
    </>
  ) : (
    <>
      {say("deleted")} ·{" "}
      <Button variant="link" size="inline" onClick={takeBack}>
        {say("undo")}
      </Button>
    </>
  );
}
