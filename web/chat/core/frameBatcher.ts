import type { ServerFrame } from "../protocol/decodeFrame";

/** Timers back up the animation frame, which stops in a hidden tab. */
const BACKUP_MS = 100;

export interface FrameBatcher {
  push: (frame: ServerFrame) => void;
  /** Drops what waits. */
  clear: () => void;
}

/** Hands frames on in the order they came: text once per animation frame, anything else at once, with what
 * waited before it. */
export function batchFrames(apply: (frames: ServerFrame[]) => void): FrameBatcher {
  let waiting: ServerFrame[] = [];
  let animation = 0;
  let backup: ReturnType<typeof setTimeout> | undefined;

  function clear(): void {
    cancelAnimationFrame(animation);
    clearTimeout(backup);
    backup = undefined;
    waiting = [];
  }

  function flush(): void {
    const frames = waiting;
    clear();
    if (frames.length > 0) apply(frames);
  }

  return {
    push(frame) {
      waiting.push(frame);
      if (frame.type !== "ai_chunk") flush();
      else if (backup === undefined) {
        animation = requestAnimationFrame(flush);
        backup = setTimeout(flush, BACKUP_MS);
      }
    },
    clear,
  };
}
