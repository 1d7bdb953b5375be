import { vi } from "vitest";

const WITHIN_MS = 10_000;

/** Until the check passes. `vi.waitFor` alone gives up after a second, which is little on a busy machine. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, WITHIN_MS);
}
