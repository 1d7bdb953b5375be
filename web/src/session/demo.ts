import { fetchDemoToken } from "@/api/client";
import { perTab, readStored, writeStored } from "@/lib/storage";
import { setRefresh, setToken } from "./token";

/** Development mode's one user. Its tokens come from the gateway, which has none in production. */
const DEMO_USER = "demo";
const KEY = "tickertalk.demo";

/** Signs in as the demo user; false where development mode is off. */
export async function signInAsDemo(): Promise<boolean> {
  const token = await fetchDemoToken(DEMO_USER);
  if (token === null) return false;
  writeStored(perTab, KEY, DEMO_USER);
  setRefresh(() => fetchDemoToken(DEMO_USER));
  setToken(token);
  return true;
}

/** After a reload a demo user's token can still be renewed. */
export function restoreDemo(): void {
  if (readStored(perTab, KEY) !== null) setRefresh(() => fetchDemoToken(DEMO_USER));
}
