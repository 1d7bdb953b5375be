import { recorded } from "@test/golden";
import { describe, expect, it } from "vitest";
import { emptyChat, newQuestion } from "./chatState";
import { grouped, logItems, unfinishedTurns } from "./conversation";
import { reduceChat } from "./reduceChat";

const play = (name: Parameters<typeof recorded>[0], count?: number) =>
  recorded(name)
    .slice(0, count)
    .reduce((state, frame) => reduceChat(state, frame, 0), emptyChat).messages;

const kinds = (items: ReturnType<typeof logItems>) =>
  items.map((item) => (item.kind === "divider" ? `now ${item.ticker}` : item.kind));

describe("the log", () => {
  it("divides where the company changes, and names the analysis the answer read", () => {
    const items = logItems(play("queued"), "MSFT");
    expect(kinds(items)).toEqual([
      "question",
      "answer",
      "question",
      "answer",
      "now MSFT",
      "question",
      "answer",
    ]);
    expect(items.find((item) => item.kind === "divider")).toMatchObject({ asOf: "2026-08-22" });
  });

  it("groups each question with its divider and what follows from it", () => {
    expect(grouped(logItems(play("queued"), "KO")).map(kinds)).toEqual([
      ["question", "answer"],
      ["question", "answer"],
      ["now MSFT", "question", "answer"],
      ["now KO"],
    ]);
    expect(grouped([])).toEqual([]);
  });

  it("says below that the page has moved on", () => {
    expect(kinds(logItems(play("answered"), "MSFT"))).toEqual(["question", "answer", "now MSFT"]);
    expect(kinds(logItems(play("answered"), "KO"))).toEqual(["question", "answer"]);
    expect(kinds(logItems([], "KO"))).toEqual([]);
  });

  it("counts the line from the question that is being answered", () => {
    const messages = play("queued", 11);
    const positions = logItems(messages, null).flatMap((item) =>
      item.kind === "question" ? [item.position] : [],
    );
    expect(positions).toEqual([null, 1, 2]);
    expect(unfinishedTurns(messages)).toHaveLength(3);
  });

  it("shows that an accepted question is being read for, before the answer begins", () => {
    expect(kinds(logItems(play("answered", 4), "KO"))).toEqual(["question", "waiting"]);
  });

  it("shows a failed question once when it was asked again", () => {
    const failed = { ...newQuestion("1", "Why?", "KO", 0), status: "failed" as const };
    const again = { ...newQuestion("2", "Why?", "KO", 0), status: "accepted" as const };
    expect(kinds(logItems([failed], "KO"))).toEqual(["question"]);
    expect(logItems([failed, again], "KO").filter((item) => item.kind === "question")).toMatchObject([
      { question: { turnId: "2" } },
    ]);
  });
});
