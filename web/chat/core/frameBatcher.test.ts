import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ServerFrame } from "../protocol/decodeFrame";
import { batchFrames } from "./frameBatcher";

const chunk = (seq: number): ServerFrame => ({
  type: "ai_chunk",
  content: "a",
  turn_id: "t",
  attempt: 1,
  seq,
});
const pong: ServerFrame = { type: "pong", t: 1 };

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout"],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

it("hands text on once per animation frame", () => {
  const apply = vi.fn();
  const batcher = batchFrames(apply);
  for (let seq = 1; seq <= 300; seq++) batcher.push(chunk(seq));
  expect(apply).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(apply).toHaveBeenCalledOnce();
  expect(apply.mock.calls[0]?.[0]).toHaveLength(300);
});

it("hands anything else on at once, after the text that waited", () => {
  const apply = vi.fn();
  const batcher = batchFrames(apply);
  batcher.push(chunk(1));
  batcher.push(pong);
  expect(apply.mock.calls).toEqual([[[chunk(1), pong]]]);
  vi.advanceTimersByTime(200);
  expect(apply).toHaveBeenCalledOnce();
});

it("does not wait for animation frames that never come", () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  const apply = vi.fn();
  batchFrames(apply).push(chunk(1));
  vi.advanceTimersByTime(150);
  expect(apply).toHaveBeenCalledOnce();
});

it("drops what waits when it is cleared", () => {
  const apply = vi.fn();
  const batcher = batchFrames(apply);
  batcher.push(chunk(1));
  batcher.clear();
  vi.advanceTimersByTime(200);
  expect(apply).not.toHaveBeenCalled();
});
