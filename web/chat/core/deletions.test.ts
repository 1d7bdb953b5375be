import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setToken } from "@/session/token";
import { eventually } from "@/test/eventually";
import { deleteOnLeave, UNDO_MS, useDeletions } from "./deletions";

const SESSION = "0d2c8a52-2f0a-4d0e-9d5e-6a1b1f0c7e11";
const store = () => useDeletions.getState();
const sent = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  setToken("e30.eyJzdWIiOiJhbGljZSJ9.x");
  sent.mockReset().mockImplementation(async () => new Response(null, { status: 204 }));
  vi.stubGlobal("fetch", sent);
});

afterEach(() => {
  useDeletions.setState({ deletions: [] });
  vi.useRealTimers();
});

it("is carried out when nobody took it back in time, and not before", async () => {
  store().remove(SESSION, true);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  expect(sent).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toHaveBeenCalledOnce();
  expect(sent.mock.calls[0]).toMatchObject([
    `/api/sessions/${SESSION}`,
    { method: "DELETE", keepalive: true },
  ]);
  expect(store().deletions).toMatchObject([{ phase: "done" }]);
});

it("taken back, nothing is sent", async () => {
  store().remove(SESSION, false);
  store().undo(SESSION);
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect(sent).not.toHaveBeenCalled();
  expect(store().deletions).toEqual([]);
});

it("a page that goes away deletes at once, once", async () => {
  const stop = deleteOnLeave();
  store().remove(SESSION, false);
  window.dispatchEvent(new Event("pagehide"));
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect(sent).toHaveBeenCalledOnce();
  stop();
});

it.each([
  [404, "done"],
  [503, "failed"],
])("a server that answers %i: %s", async (status, phase) => {
  sent.mockImplementation(async () => Response.json({ code: "x", message: "…" }, { status }));
  store().remove(SESSION, false);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  vi.useRealTimers();
  await eventually(() => expect(store().deletions).toMatchObject([{ phase }]));
});
