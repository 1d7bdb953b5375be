import { LIMITS } from "../protocol/protocol.gen";

/** A token, or null when nobody is signed in. `fresh`: the last one was refused or is about to end. */
export type GetToken = (options: { fresh: boolean }) => Promise<string | null>;

/** What can be wrong with a page's `getToken`: it failed, it did not answer in time, or what it gave is no token. */
export type TokenTrouble = "token_failed" | "token_late" | "token_unfit";

export class TokenError extends Error {
  readonly trouble: TokenTrouble;

  constructor(trouble: TokenTrouble, cause?: unknown) {
    super(trouble, { cause });
    this.name = "TokenError";
    this.trouble = trouble;
  }
}

export const TOKEN_WITHIN_MS = 10_000;

export interface Tokens {
  /** The page's token, looked at before it is used.
   *
   * @throws TokenError, and nothing else, whatever the page's function does. */
  get: GetToken;
  /** Waits for nothing any more: who is still waiting hears that nobody is signed in. */
  stop: () => void;
}

/** The page's `getToken`, which is somebody else's code: it may throw, hang, or give anything. */
export function checkedTokens(getToken: GetToken): Tokens {
  const waiting = new Set<() => void>();
  return {
    get({ fresh }) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(() => reject(new TokenError("token_late"))), TOKEN_WITHIN_MS);
        const stop = () => end(() => resolve(null));
        function end(settle: () => void): void {
          clearTimeout(timer);
          waiting.delete(stop);
          settle();
        }
        waiting.add(stop);
        asked(getToken, fresh).then(
          (token: unknown) =>
            end(() => (isFit(token) ? resolve(token) : reject(new TokenError("token_unfit")))),
          (error: unknown) => end(() => reject(new TokenError("token_failed", error))),
        );
      });
    },
    stop() {
      for (const end of [...waiting]) end();
    },
  };
}

/** Also a function that throws before it returns a promise is one that rejects. */
async function asked(getToken: GetToken, fresh: boolean): Promise<unknown> {
  return getToken({ fresh });
}

/** What can stand in a header and a frame: an error page that was taken for a token is not sent anywhere. */
const SHAPE = /^[\x21-\x7e]+$/;

function isFit(token: unknown): token is string | null {
  return (
    token === null || (typeof token === "string" && token.length <= LIMITS.tokenBytes && SHAPE.test(token))
  );
}
