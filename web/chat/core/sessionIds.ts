import { isUuid, randomId } from "@shared/lib/randomId";
import { local, perTab, readStored, writeStored } from "@shared/lib/storage";

/** Which conversation this tab shows: its own over a reload, else the one the user had last, so that a second tab
 * opens the same one. */
export function currentSessionId(user: string): string {
  const mine = readStored(perTab, key(user));
  if (isUuid(mine)) return mine;
  const last = readStored(local, key(user));
  const sessionId = isUuid(last) ? last : randomId();
  rememberSessionId(user, sessionId);
  return sessionId;
}

export function rememberSessionId(user: string, sessionId: string): void {
  writeStored(perTab, key(user), sessionId);
  writeStored(local, key(user), sessionId);
}

const key = (user: string): string => `tickertalk.session.${user}`;
