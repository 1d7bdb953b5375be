import { refusal } from "@shared/lib/apiError";
import { perTab, readStored, writeStored } from "@shared/lib/storage";
import { setRefresh, setToken } from "./token";

/** Development mode's one user. Its tokens come from the gateway, which has none in production. */
const DEMO_USER = "demo";
const KEY = "tickertalk.demo";

/** Signs in as the demo user; false where development mode is off. */
export async function signInAsDemo(): Promise<boolean> {
  const token = await fetchDemoToken();
  if (token === null) return false;
  writeStored(perTab, KEY, DEMO_USER);
  setRefresh(fetchDemoToken);
  setToken(token);
  return true;
}

/** After a reload a demo user's token can still be renewed. */
export function restoreDemo(): void {
  if (readStored(perTab, KEY) !== null) setRefresh(fetchDemoToken);
}

/** Whether the gateway runs in development mode and gives out demo tokens. */
export async function fetchDemoAvailable(): Promise<boolean> {
  return (await fetchDemoToken()) !== null;
}

/** A token for the demo user; null where development mode is off. */
async function fetchDemoToken(): Promise<string | null> {
  const response = await fetch("/api/dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user: DEMO_USER }),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw await refusal(response);
  return ((await response.json()) as { token: string }).token;
}
