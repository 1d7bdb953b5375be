import { expect, it } from "vitest";
import { closeRule, reconnectDelay } from "./closeRules";

it.each([
  [1000, "reconnect"],
  [1001, "reconnect"],
  [1003, "stop"],
  [1006, "reconnect"],
  [1007, "stop"],
  [1009, "stop"],
  [1011, "reconnect"],
  [1012, "soon"],
  [1013, "back_off"],
  [4008, "reconnect"],
  [4400, "stop"],
  [4401, "refresh"],
  [4403, "stop"],
  [4408, "reconnect"],
  [4429, "back_off"],
  [4500, "reconnect"],
  [4999, "reconnect"],
])("close code %i: %s", (code, rule) => {
  expect(closeRule(code)).toBe(rule);
});

it("doubles the wait, up to a quarter of a minute, and spreads it", () => {
  expect([0, 1, 2, 3].map((failures) => reconnectDelay("reconnect", failures, 0))).toEqual([
    250, 500, 1000, 2000,
  ]);
  expect(reconnectDelay("reconnect", 0, 0.999)).toBeGreaterThan(reconnectDelay("reconnect", 0, 0));
  expect(reconnectDelay("reconnect", 50, 0.999)).toBeLessThanOrEqual(15_000);
});

it("comes back within a second from a planned restart, and late after a refusal", () => {
  expect(reconnectDelay("soon", 0, 0.999)).toBeLessThan(1000);
  expect(reconnectDelay("back_off", 0, 0)).toBeGreaterThanOrEqual(5000);
  expect(reconnectDelay("refresh", 3, 0.5)).toBe(0);
});
