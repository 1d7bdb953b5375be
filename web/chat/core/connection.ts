import type { AddressTrouble } from "./findTrouble";
import type { TokenTrouble } from "./tokens";

export type Phase =
  | "idle"
  | "connecting"
  | "live"
  | "reconnecting"
  | "offline"
  | "signed_out"
  | "too_many"
  | "stopped"
  /** The chat was disposed; it can be connected again. */
  | "closed";

/** What is wrong beside the line itself, where that is known. */
export type Trouble = AddressTrouble | TokenTrouble;

export interface Connection {
  phase: Phase;
  /** The code that ended the last socket, when one did. */
  closeCode: number | null;
  /** When the next attempt is due, in milliseconds since the epoch. */
  retryAt: number | null;
  trouble: Trouble | null;
}

/** Before a connection was asked for. */
export const idle: Connection = { phase: "idle", closeCode: null, retryAt: null, trouble: null };
