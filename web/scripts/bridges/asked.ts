// What a bridge's client is to do, and how it says what became of it.
import { text } from "node:stream/consumers";

export type Call = {
  url: string;
  token: string;
  thread: string;
  message: string;
  content: string;
  ticker?: string | null;
  /** Messages before the question, in the protocol's shape. */
  history: object[];
  /** The answer that is to be made again. */
  again?: string;
  /** Follow what is being answered instead of asking. */
  resume?: boolean;
};

export async function asked(): Promise<Call> {
  return JSON.parse(await text(process.stdin)) as Call;
}

export function tell(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
