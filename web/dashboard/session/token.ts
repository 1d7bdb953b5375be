import { perTab, readStored, writeStored } from "@shared/lib/storage";

/** The signed-in user's token. It lives in this tab (memory and sessionStorage) and travels in the `hello` frame and
 * the Authorization header, never in a URL. Where it comes from: docs/web.md, "Signing in". */
export interface Identity {
  token: string;
  /** The token's `sub`; keeps two users' conversations in one browser apart. */
  user: string;
}

const KEY = "tickertalk.token";
const HOST_ANSWERS_WITHIN_MS = 5_000;

type Refresh = () => Promise<string | null>;

let identity: Identity | null = null;
let refresh: Refresh | null = null;
const listeners = new Set<() => void>();

export function currentIdentity(): Identity | null {
  return identity;
}

export function onIdentityChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setToken(token: string | null): void {
  identity = token === null ? null : { token, user: subject(token) };
  writeStored(perTab, KEY, token);
  for (const listener of listeners) listener();
}

/** The token, or a newer one when the last was refused; null when nobody can give one. */
export async function getToken(fresh: boolean): Promise<string | null> {
  if (identity && !fresh) return identity.token;
  const refused = identity?.token;
  const token = refresh ? await refresh() : null;
  if (token !== null) {
    if (token !== refused) setToken(token);
    return token;
  }
  return null;
}

export function setRefresh(next: Refresh | null): void {
  refresh = next;
}

/** Restores this tab's token and listens to the embedding page. Returns what undoes it. */
export function startIdentity(): () => void {
  const stored = readStored(perTab, KEY);
  if (stored !== null) setToken(stored);
  if (window.parent === window) return () => {};

  // Only the embedding page, and only from this origin or one that the page itself was served with, is heard.
  const allowed = embedders();
  const waiting = new Set<(token: string) => void>();
  function hear(event: MessageEvent): void {
    if (event.source !== window.parent || !allowed.has(event.origin)) return;
    const message: unknown = event.data;
    if (typeof message !== "object" || message === null || !("type" in message) || !("token" in message))
      return;
    if (message.type !== "tickertalk:token" || typeof message.token !== "string") return;
    setToken(message.token);
    for (const answer of waiting) answer(message.token);
    waiting.clear();
  }
  function ask(): Promise<string | null> {
    for (const origin of allowed) window.parent.postMessage({ type: "tickertalk:token-needed" }, origin);
    return new Promise((resolve) => {
      waiting.add(resolve);
      setTimeout(() => resolve(null), HOST_ANSWERS_WITHIN_MS);
    });
  }
  window.addEventListener("message", hear);
  setRefresh(ask);
  if (identity === null) void ask();
  return () => window.removeEventListener("message", hear);
}

function embedders(): ReadonlySet<string> {
  const listed = document.querySelector<HTMLMetaElement>('meta[name="tickertalk-embedders"]')?.content ?? "";
  return new Set([window.location.origin, ...listed.split(/\s+/).filter((origin) => origin !== "")]);
}

/** The `sub` of a JWT, unverified: it only names local storage. Empty when the token is not readable. */
function subject(token: string): string {
  try {
    const payload = token.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    if (typeof claims === "object" && claims !== null && "sub" in claims && typeof claims.sub === "string") {
      return claims.sub;
    }
  } catch (error) {
    reportError(error);
  }
  return "";
}
