import { CLOSE_RULE_OTHERWISE, CLOSE_RULES } from "../protocol/protocol.gen";

/** What a close code asks of the client; the table is the gateway's. */
export type CloseRule = "reconnect" | "soon" | "refresh" | "back_off" | "stop";

const RULES: Readonly<Record<string, CloseRule>> = CLOSE_RULES;

export function closeRule(code: number): CloseRule {
  return RULES[code] ?? CLOSE_RULE_OTHERWISE;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
const BACK_OFF_MS = 10_000;

/** Milliseconds until the next attempt. `failures` counts those since the last stable connection; `random` is in
 * [0, 1): the spread keeps a thousand browsers from coming back in the same instant. */
export function reconnectDelay(rule: CloseRule, failures: number, random: number): number {
  if (rule === "refresh") return 0;
  if (rule === "soon" && failures === 0) return random * 1000;
  const base = rule === "back_off" ? BACK_OFF_MS : FIRST_DELAY_MS;
  const ceiling = rule === "back_off" ? 3 * BACK_OFF_MS : LONGEST_DELAY_MS;
  return Math.min(ceiling, base * 2 ** Math.min(failures, 8)) * (0.5 + random / 2);
}
