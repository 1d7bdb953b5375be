import { isUuid } from "@shared/lib/randomId";
import { local, readStored, writeStored } from "@shared/lib/storage";

/** A question on its way out. Its `turnId` makes sending it twice harmless. */
export interface OutboxEntry {
  turnId: string;
  content: string;
  contextTicker: string | null;
  /** An analysis other than the company's newest. */
  analysisId?: number | null;
  createdAt: number;
}

/** Questions the gateway has not acknowledged, kept over reloads. localStorage, because it is written before the
 * page can go away and every tab of the conversation sees the same list (docs/decisions/0041). */
export interface Outbox {
  /** The browser's storage took the last change: what is kept outlives the page. */
  isStored: () => boolean;
  entries: () => OutboxEntry[];
  add: (entry: OutboxEntry) => void;
  remove: (turnIds: ReadonlySet<string>) => void;
}

export function openOutbox(sessionId: string): Outbox {
  const key = `tickertalk.outbox.${sessionId}`;
  // Kept in memory too, so that a closed storage costs the reload and not the question.
  let memory: OutboxEntry[] = [];
  let isStored = true;

  function read(): OutboxEntry[] {
    // What a full storage did not take is here alone, and what it has is of before.
    const text = isStored ? readStored(local, key) : null;
    return text === null ? memory : (parse(text) ?? memory);
  }

  function write(entries: OutboxEntry[]): void {
    memory = entries;
    isStored = writeStored(local, key, entries.length === 0 ? null : JSON.stringify(entries));
  }

  return {
    isStored: () => isStored,
    entries: read,
    add: (entry) => write([...read().filter(({ turnId }) => turnId !== entry.turnId), entry]),
    remove(turnIds) {
      const entries = read();
      const left = entries.filter(({ turnId }) => !turnIds.has(turnId));
      if (left.length !== entries.length) write(left);
    },
  };
}

/** null: the text is not a list of anything. The browser's storage can be cut short or written by others, and what
 * cannot be read is gone; the next question overwrites it. */
function parse(text: string): OutboxEntry[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return Array.isArray(value) ? value.filter(isEntry) : null;
}

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== "object" || value === null) return false;
  const { turnId, content, contextTicker, analysisId, createdAt } = value as Record<string, unknown>;
  return (
    typeof turnId === "string" &&
    isUuid(turnId) &&
    typeof content === "string" &&
    content !== "" &&
    (contextTicker === null || typeof contextTicker === "string") &&
    (analysisId == null || Number.isSafeInteger(analysisId)) &&
    typeof createdAt === "number"
  );
}
