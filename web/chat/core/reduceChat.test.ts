import { CHECKED_TEXT, FIGURES, LOOKUPS } from "@test/figures";
import { RECORDINGS, type Recording, recorded } from "@test/golden";
import { describe, expect, it } from "vitest";
import { decodeFrame, isSessionEvent, type ServerFrame } from "../protocol/decodeFrame";
import type { AiChunk, AiComplete, Lookup, Ready } from "../protocol/frames.gen";
import { type ChatState, emptyChat, newQuestion } from "./chatState";
import { isGap, reduceChat } from "./reduceChat";

const NOW = 1_787_000_000_000;

function play(frames: ServerFrame[], from: ChatState = emptyChat): ChatState {
  return frames.reduce((state, frame) => reduceChat(state, frame, NOW), from);
}

/** What the gateway sends to a client that comes back with this state: everything after its seq. */
function resumed(state: ChatState, frames: ServerFrame[]): ServerFrame[] {
  const ready = frames[0] as Ready;
  return [
    { ...ready, recovered: true },
    ...frames.filter((frame) => isSessionEvent(frame) && frame.seq > state.seq),
  ];
}

function told(state: ChatState) {
  return state.messages.map((message) => ({ ...message, createdAt: null }));
}

function answerOf(state: ChatState, turnId: string) {
  const answer = state.messages.find((message) => message.role === "assistant" && message.turnId === turnId);
  if (answer?.role !== "assistant") throw new Error(`no answer to ${turnId}`);
  return answer;
}

const turn = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;

describe.each(RECORDINGS)("the recording %s", (name: Recording) => {
  const frames = recorded(name);

  it("ends with every completed text as it is stored", () => {
    const state = play(frames);
    for (const frame of frames) {
      if (frame.type !== "ai_complete") continue;
      expect(answerOf(state, frame.turn_id)).toMatchObject({
        content: frame.full_message,
        status: "complete",
        finishReason: frame.finish_reason,
        context: frame.context,
      });
    }
  });

  it("comes to the same, cut at any frame and resumed", () => {
    const whole = play(frames);
    const opened = frames.findIndex((frame) => frame.type === "snapshot");
    for (let cut = opened + 1; cut <= frames.length; cut++) {
      const before = play(frames.slice(0, cut));
      const after = play(resumed(before, frames), before);
      expect(told(after), `cut after frame ${cut}`).toEqual(told(whole));
      expect(after.seq).toBe(whole.seq);
    }
  });

  it("is not changed by anything told twice", () => {
    const doubled = frames.flatMap((frame): ServerFrame[] =>
      isSessionEvent(frame) ? [frame, frame] : [frame],
    );
    expect(told(play(doubled))).toEqual(told(play(frames)));
  });

  it("has no gap", () => {
    let state = emptyChat;
    for (const frame of frames) {
      expect(isGap(state, frame)).toBe(false);
      state = reduceChat(state, frame, NOW);
    }
  });
});

describe("an answer", () => {
  it("grows by its chunks and equals them when it ends", () => {
    const frames = recorded("answered");
    const chunks = frames.filter((frame): frame is AiChunk => frame.type === "ai_chunk");
    const state = play(frames.filter((frame) => frame.type !== "ai_complete"));
    expect(answerOf(state, turn(1))).toMatchObject({
      status: "streaming",
      content: chunks.map((chunk) => chunk.content).join(""),
    });
    const complete = frames.at(-1) as AiComplete;
    expect(answerOf(state, turn(1)).content).toBe(complete.full_message);
  });

  it("drops what a lost attempt wrote, and says so until there is text again", () => {
    const frames = recorded("restarted");
    const reset = frames.findIndex((frame) => frame.type === "ai_reset");
    expect(answerOf(play(frames.slice(0, reset + 2)), turn(1))).toMatchObject({
      content: "",
      restarted: true,
      status: "thinking",
      attempt: 2,
    });
    expect(answerOf(play(frames.slice(0, reset + 3)), turn(1))).toMatchObject({
      restarted: false,
      status: "streaming",
    });
  });

  it("hears nothing from an attempt that was given up", () => {
    const frames = recorded("restarted").slice(0, -3);
    const state = play(frames);
    const late: AiChunk = {
      type: "ai_chunk",
      content: "LATE",
      turn_id: turn(1),
      attempt: 1,
      seq: state.seq + 1,
    };
    expect(answerOf(reduceChat(state, late, NOW), turn(1)).content).toBe(answerOf(state, turn(1)).content);
  });

  it("stands below its question, above those that wait", () => {
    const state = play(recorded("queued").slice(0, 11));
    expect(state.messages.map(({ role, turnId }) => [role, turnId.at(-1)])).toEqual([
      ["user", "1"],
      ["assistant", "1"],
      ["user", "2"],
      ["user", "3"],
    ]);
  });

  it("that failed is gone, and its question says why", () => {
    const state = play(recorded("failed"));
    expect(state.messages.filter(({ turnId }) => turnId === turn(1))).toHaveLength(1);
    expect(state.messages[0]).toMatchObject({
      role: "user",
      status: "failed",
      error: { code: "model_error", retryable: true },
    });
    expect(state.notice).toMatchObject({ code: "rate_limited", retryAt: NOW + 12_000 });
  });
});

describe("a question", () => {
  const sending = newQuestion(turn(9), "Sent from here", "KO", NOW);

  it("keeps its place below the accepted ones until it is accepted", () => {
    const opened = play(recorded("answered").slice(0, 2));
    const mine = { ...opened, messages: [sending] };
    const others = reduceChat(
      mine,
      { type: "user_echo", turn_id: turn(1), content: "From another tab", context_ticker: "KO", seq: 1 },
      NOW,
    );
    expect(others.messages.map(({ turnId }) => turnId)).toEqual([turn(1), turn(9)]);
    const accepted = reduceChat(
      others,
      { type: "ack", turn_id: turn(9), status: "queued", position: 1 },
      NOW,
    );
    expect(accepted.messages[1]).toMatchObject({ status: "accepted" });
  });

  it("that was refused says so, and is not lost", () => {
    const opened = { ...play(recorded("answered").slice(0, 2)), messages: [sending] };
    const refused = reduceChat(
      opened,
      { type: "error", code: "busy", message: "…", retryable: true, turn_id: turn(9) },
      NOW,
    );
    expect(refused.messages[0]).toMatchObject({
      status: "refused",
      content: "Sent from here",
      error: { code: "busy" },
    });
  });

  it("sent again after it ended takes the stored ending, whatever its number", () => {
    const frames = recorded("answered");
    const before = play(frames.slice(0, -1));
    const ending = frames.at(-1) as AiComplete;
    const again = reduceChat(before, { ...ending, seq: before.seq }, NOW);
    expect(answerOf(again, turn(1)).status).toBe("complete");
  });
});

describe("a snapshot", () => {
  const frames = recorded("returned");

  it("shows what is stored, what is being written, what waits and what failed", () => {
    const state = play(frames.slice(0, 2));
    expect(state.hasMore).toBe(true);
    expect(state.messages.map((message) => [message.role, message.turnId.at(-1), message.status])).toEqual([
      ["user", "1", "answered"],
      ["assistant", "1", "complete"],
      ["user", "2", "failed"],
      ["user", "3", "accepted"],
      ["assistant", "3", "streaming"],
      ["user", "4", "accepted"],
    ]);
  });

  it("replaces what was there, but not a question the server has not heard of", () => {
    const unsent = newQuestion(turn(9), "Not heard of", null, NOW);
    const stale = newQuestion(turn(8), "Known elsewhere", null, NOW);
    const before: ChatState = { ...emptyChat, messages: [{ ...stale, status: "answered" }, unsent] };
    const state = play(frames.slice(0, 2), before);
    expect(state.messages.at(-1)).toBe(unsent);
    expect(state.messages.some(({ turnId }) => turnId === turn(8))).toBe(false);
  });

  it("after another epoch forgets the old count", () => {
    const old = { ...play(recorded("answered")), seq: 9000 };
    const state = play(frames, old);
    expect(state.seq).toBe(frames.filter(isSessionEvent).at(-1)?.seq);
  });
});

it("a missed event is a gap", () => {
  const frames = recorded("answered");
  const state = play(frames.slice(0, 6));
  const beyond = frames[8];
  if (!beyond) throw new Error("the recording is too short");
  expect(isGap(state, beyond)).toBe(true);
});

describe("figures and look-ups", () => {
  const turn_id = "00000000-0000-4000-8000-000000000001";
  const [first, second] = LOOKUPS as [Lookup, Lookup];
  const [ready, snapshot] = recorded("answered") as [ServerFrame, ServerFrame];
  const part = (seq: number, from: number, to: number, attempt = 1): ServerFrame => ({
    type: "ai_chunk",
    content: CHECKED_TEXT.slice(from, to),
    turn_id,
    attempt,
    figures: FIGURES.filter(({ end }) => end > from && end <= to),
    seq,
  });
  const lookup = (seq: number, told: Lookup, attempt = 1): ServerFrame => ({
    type: "ai_lookup",
    turn_id,
    attempt,
    ...told,
    seq,
  });
  const begun: ServerFrame[] = [
    ready,
    snapshot,
    { type: "user_echo", turn_id, content: "And PepsiCo?", context_ticker: "KO", seq: 1 },
    lookup(2, { ...first, status: "running", result: null }),
    lookup(3, second),
    lookup(4, first),
    part(5, 0, 100),
    part(6, 100, CHECKED_TEXT.length),
  ];
  const answerOf = (frames: ServerFrame[]) =>
    play(frames).messages.findLast(({ role }) => role === "assistant");

  it("come as they are told, a look-up's newer state in place of the older", () => {
    expect(answerOf(begun.slice(0, 4))).toMatchObject({
      status: "thinking",
      lookups: [{ n: 1, status: "running" }],
    });
    expect(answerOf(begun)).toMatchObject({
      content: CHECKED_TEXT,
      status: "streaming",
      lookups: LOOKUPS,
      figures: FIGURES,
    });
  });

  it("go with the attempt that is lost, whichever frame says so first", () => {
    const reset: ServerFrame = { type: "ai_reset", turn_id, attempt: 2, reason: "worker_lost", seq: 7 };
    expect(answerOf([...begun, reset])).toMatchObject({ figures: [], lookups: [], content: "" });
    expect(answerOf([...begun, part(7, 0, 30, 2)])).toMatchObject({ figures: [], lookups: [] });
    expect(answerOf([...begun, lookup(7, second, 2)])).toMatchObject({
      figures: [],
      lookups: [second],
      content: "",
      attempt: 2,
    });
  });

  it("are at the end what the ending says", () => {
    const complete: ServerFrame = {
      type: "ai_complete",
      full_message: CHECKED_TEXT,
      turn_id,
      message_id: 2,
      finish_reason: "stop",
      usage: {},
      context: null,
      model: "m",
      figures: FIGURES.slice(0, 2),
      seq: 7,
    };
    expect(answerOf([...begun, complete])).toMatchObject({ figures: FIGURES.slice(0, 2), lookups: [] });
  });

  it("come back with a snapshot: of the answer that is written, and of one that is stored", () => {
    const row = {
      id: 2,
      turn_id: "00000000-0000-4000-8000-000000000002",
      role: "assistant" as const,
      content: CHECKED_TEXT,
      finish_reason: "stop" as const,
      context_ticker: "KO",
      analysis_id: 4711,
      as_of: "2026-08-22",
      model: "m",
      usage: null,
      created_at: "2026-08-23T09:30:00Z",
      figures: FIGURES,
      lookups: LOOKUPS,
    };
    const state = play([
      ready,
      {
        type: "snapshot",
        seq: 6,
        messages: [row],
        has_more: false,
        queued: [],
        active: { turn_id, attempt: 1, text: CHECKED_TEXT, figures: FIGURES, lookups: LOOKUPS },
      },
    ]);
    expect(state.messages).toMatchObject([
      { status: "complete", figures: FIGURES, lookups: LOOKUPS },
      { status: "streaming", figures: FIGURES, lookups: LOOKUPS },
    ]);
  });
});

it("an event of a newer gateway changes nothing, and is no gap for the next", () => {
  const [ready, snapshot, echo] = recorded("answered") as [ServerFrame, ServerFrame, ServerFrame];
  const unknown = decodeFrame('{"type":"ai_sings","turn_id":"x","seq":2}') as ServerFrame;
  const state = [ready, snapshot, echo, unknown].reduce(
    (before, frame) => reduceChat(before, frame, 0),
    emptyChat,
  );
  expect(state.seq).toBe(2);
  expect(state.messages).toHaveLength(1);
  expect(isGap(state, { type: "unknown", seq: 3 })).toBe(false);
  expect(decodeFrame('{"type":"hums"}')).toBeNull();
});
