import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { checkedTokens, type GetToken, TOKEN_WITHIN_MS } from "./tokens";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const never: GetToken = () => new Promise(() => {});

it("hands on a token, nobody's, and whether a fresh one is asked for", async () => {
  const getToken = vi.fn<GetToken>(async ({ fresh }) => (fresh ? "new.er.one" : null));
  const tokens = checkedTokens(getToken);
  expect(await tokens.get({ fresh: false })).toBeNull();
  expect(await tokens.get({ fresh: true })).toBe("new.er.one");
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  ["rejects", () => Promise.reject(new Error("the page's own"))],
  [
    "throws",
    () => {
      throw new Error("the page's own");
    },
  ],
] as [string, GetToken][])("one that %s has failed, and says why", async (_, getToken) => {
  await expect(checkedTokens(getToken).get({ fresh: false })).rejects.toMatchObject({
    trouble: "token_failed",
    cause: { message: "the page's own" },
  });
});

it("one that hangs is late", async () => {
  const waiting = expect(checkedTokens(never).get({ fresh: false })).rejects.toMatchObject({
    trouble: "token_late",
  });
  await vi.advanceTimersByTimeAsync(TOKEN_WITHIN_MS);
  await waiting;
});

it.each([
  ["nothing", undefined],
  ["an empty text", ""],
  ["an object", { token: "a.b.c" }],
  ["a number", 7],
  ["a page that says an error", "<!doctype html>\n<title>502</title>"],
  ["two lines", "a.b.c\n"],
  ["what is longer than the gateway reads", "x".repeat(4097)],
])("one that gives %s gives no token", async (_, given) => {
  const tokens = checkedTokens((async () => given) as unknown as GetToken);
  await expect(tokens.get({ fresh: false })).rejects.toMatchObject({ trouble: "token_unfit" });
});

it("stopped, it waits for nothing: no timer is left", async () => {
  const tokens = checkedTokens(never);
  const waiting = tokens.get({ fresh: false });
  tokens.stop();
  expect(await waiting).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});
