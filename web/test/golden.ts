import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { decodeFrame, type ServerFrame } from "@chat/protocol/decodeFrame";

export const RECORDINGS = [
  "answered",
  "restarted",
  "queued",
  "failed",
  "returned",
  "checked",
  "rejoined",
] as const;
export type Recording = (typeof RECORDINGS)[number];

/** The frames of a recording that the Python frames made (tests/golden). */
export function recorded(name: Recording): ServerFrame[] {
  return readFileSync(resolve(import.meta.dirname, `../../tests/golden/${name}.jsonl`), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const frame = decodeFrame(line);
      if (frame === null) throw new Error(`a recording holds an unknown frame: ${line}`);
      return frame;
    });
}
