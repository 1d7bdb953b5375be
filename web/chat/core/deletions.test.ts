import { ApiError } from "@shared/lib/apiError";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createChat } from "./createChat";
import { createDeletions, UNDO_MS } from "./deletions";

const SESSION = "0d2c8a52-2f0a-4d0e-9d5e-6a1b1f0c7e11";
const sent = vi.fn<(sessionId: string) => Promise<void>>();
let deletions: ReturnType<typeof createDeletions>;
const store = () => deletions.getState();

beforeEach(() => {
  vi.useFakeTimers();
  sent.mockReset().mockResolvedValue();
  deletions = createDeletions(sent);
});

afterEach(() => {
  vi.useRealTimers();
});

it("is carried out when nobody took it back in time, and not before", async () => {
  store().remove(SESSION, true);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  expect(sent).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(sent.mock.calls).toEqual([[SESSION]]);
  expect(store().deletions).toMatchObject([{ phase: "done" }]);
});

it("taken back, nothing is sent", async () => {
  store().remove(SESSION, false);
  store().undo(SESSION);
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect(sent).not.toHaveBeenCalled();
  expect(store().deletions).toEqual([]);
});

it.each([
  [404, "done"],
  [503, "failed"],
])("a server that answers %i: %s", async (status, phase) => {
  sent.mockRejectedValue(new ApiError(status, "x", "…"));
  store().remove(SESSION, false);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(store().deletions).toMatchObject([{ phase }]);
});

it("a page that goes away deletes at once, and once", async () => {
  const fetched = vi.fn(async (_url: URL, _init: RequestInit) => new Response(null, { status: 204 }));
  vi.stubGlobal("fetch", fetched);
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const chat = createChat({ gateway: "http://localhost:8000", getToken: async () => "token" });
  chat.connect();
  chat.deletions.getState().remove(SESSION, false);
  window.dispatchEvent(new Event("pagehide"));
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect(fetched).toHaveBeenCalledOnce();
  const [url, init] = fetched.mock.calls[0] ?? [];
  expect(url?.pathname).toBe(`/api/sessions/${SESSION}`);
  expect(init).toMatchObject({ method: "DELETE", keepalive: true });
  chat.dispose();
});
