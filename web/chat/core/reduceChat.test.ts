import { RECORDINGS, type Recording, recorded } from "@test/golden";
import { describe, expect, it } from "vitest";
import { isSessionEvent, type ServerFrame } from "../protocol/decodeFrame";
import type { AiChunk, AiComplete, Ready } from "../protocol/frames.gen";
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
