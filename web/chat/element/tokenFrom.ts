import type { GetToken } from "../core/tokens";

/** Asks a page's own backend for a token: `POST`, answered by the token as text or as `{"token": …}`. 401: nobody is
 * signed in. The page's cookies go to the page's own origin only. */
export function tokenFrom(url: string): GetToken {
  return async ({ fresh }) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ fresh }),
      credentials: "same-origin",
      cache: "no-store",
    });
    if (response.status === 401) return null;
    if (!response.ok) throw new Error(`the page's backend answered ${response.status} instead of a token`);
    const text = (await response.text()).trim();
    if (!text.startsWith("{")) return text;
    return (JSON.parse(text) as { token: string }).token;
  };
}
