import { expect, it } from "vitest";
import { openOutbox } from "./outbox";

const SESSION = "0d2c8a52-2f0a-4d0e-9d5e-6a1b1f0c7e11";
const KEY = `tickertalk.outbox.${SESSION}`;
const ENTRY = {
  turnId: "7d5f0a3e-1b54-4f0e-8a8e-3a4a1b9d2c10",
  content: "Kept?",
  contextTicker: "KO",
  createdAt: 1_787_000_000_000,
};

it.each([
  ["cut off", '[{"turnId": "7d5f'],
  ["no JSON", "\u0000garbage"],
  ["no list", '{"turnId": "x"}'],
  ["null", "null"],
  ["empty", ""],
])("what is kept is %s: nothing waits, and the next question is kept", (_, stored) => {
  localStorage.setItem(KEY, stored);
  const outbox = openOutbox(SESSION);
  expect(outbox.entries()).toEqual([]);
  outbox.remove(new Set([ENTRY.turnId]));
  outbox.add(ENTRY);
  expect(openOutbox(SESSION).entries()).toEqual([ENTRY]);
});

it("what was damaged while the page is open is known from memory", () => {
  const outbox = openOutbox(SESSION);
  outbox.add(ENTRY);
  localStorage.setItem(KEY, "[{");
  expect(outbox.entries()).toEqual([ENTRY]);
});

it.each([
  ["an id that is none", { ...ENTRY, turnId: "1" }],
  ["no text", { ...ENTRY, content: "" }],
  ["a company that is no word", { ...ENTRY, contextTicker: 7 }],
  ["no time", { ...ENTRY, createdAt: null }],
])("an entry with %s would be refused for ever: it is left out", (_, damaged) => {
  localStorage.setItem(KEY, JSON.stringify([damaged, ENTRY]));
  expect(openOutbox(SESSION).entries()).toEqual([ENTRY]);
});
