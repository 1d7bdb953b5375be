import { create } from "zustand";
import { deleteSession } from "@/api/client";
import { ApiError } from "@/lib/apiError";

/** How long a deletion can be taken back. */
export const UNDO_MS = 8_000;

export interface Deletion {
  sessionId: string;
  /** It was the conversation on screen: taking the deletion back opens it again. */
  wasOpen: boolean;
  /** `done` stays in the list, so that a view which has not heard of it yet does not show it again. */
  phase: "waiting" | "done" | "failed";
}

interface Deletions {
  deletions: readonly Deletion[];
  /** Hides a conversation now; it is deleted when nobody took that back in time. */
  remove: (sessionId: string, wasOpen: boolean) => void;
  undo: (sessionId: string) => void;
  /** Deletes at once what waits: the page goes away. */
  flush: () => void;
}

const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Conversations that are being deleted. On the server there is no way back, so it is told only when the time to
 * undo has passed, or when the page goes away before. */
export const useDeletions = create<Deletions>()((set, get) => {
  function mark(sessionId: string, deletion: Deletion | null): void {
    const others = get().deletions.filter((known) => known.sessionId !== sessionId);
    set({ deletions: deletion ? [...others, deletion] : others });
  }

  function stopTimer(sessionId: string): void {
    clearTimeout(timers.get(sessionId));
    timers.delete(sessionId);
  }

  async function carryOut(deletion: Deletion): Promise<void> {
    const { sessionId } = deletion;
    stopTimer(sessionId);
    try {
      await deleteSession(sessionId);
      mark(sessionId, { ...deletion, phase: "done" });
    } catch (error) {
      const isGone = error instanceof ApiError && error.status === 404;
      mark(sessionId, { ...deletion, phase: isGone ? "done" : "failed" });
    }
  }

  return {
    deletions: [],

    remove(sessionId, wasOpen) {
      const deletion: Deletion = { sessionId, wasOpen, phase: "waiting" };
      stopTimer(sessionId);
      mark(sessionId, deletion);
      timers.set(
        sessionId,
        setTimeout(() => void carryOut(deletion), UNDO_MS),
      );
    },

    undo(sessionId) {
      stopTimer(sessionId);
      mark(sessionId, null);
    },

    flush() {
      for (const deletion of get().deletions) if (deletion.phase === "waiting") void carryOut(deletion);
    },
  };
});

/** A page that goes away deletes at once what waits. Returns what undoes it. */
export function deleteOnLeave(): () => void {
  const flush = () => useDeletions.getState().flush();
  window.addEventListener("pagehide", flush);
  return () => window.removeEventListener("pagehide", flush);
}
