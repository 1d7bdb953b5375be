import { ApiError } from "@shared/lib/apiError";
import { createStore, type StoreApi } from "zustand/vanilla";

/** How long a deletion can be taken back. */
export const UNDO_MS = 8_000;

export interface Deletion {
  sessionId: string;
  /** It was the conversation on screen: taking the deletion back opens it again. */
  wasOpen: boolean;
  /** `done` stays in the list, so that a view which has not heard of it yet does not show it again. */
  phase: "waiting" | "done" | "failed";
}

export interface Deletions {
  deletions: readonly Deletion[];
  /** Hides a conversation now; it is deleted when nobody took that back in time. */
  remove: (sessionId: string, wasOpen: boolean) => void;
  undo: (sessionId: string) => void;
  /** Deletes at once what waits: the page goes away. */
  flush: () => void;
}

/** Conversations that are being deleted. On the server there is no way back, so it is told only when the time to
 * undo has passed, or when the page goes away before. */
export function createDeletions(deleteSession: (sessionId: string) => Promise<void>): StoreApi<Deletions> {
  return createStore<Deletions>()((set, get) => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();

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
        // From here on it cannot be taken back.
        mark(sessionId, { ...deletion, phase: "done" });
        await deleteSession(sessionId);
      } catch (error) {
        // Gone is what it was to become.
        if (error instanceof ApiError && error.status === 404) return;
        mark(sessionId, { ...deletion, phase: "failed" });
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
}
