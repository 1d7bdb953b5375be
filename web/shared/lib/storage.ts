/** Browser storage that may be closed (private mode, embedding, a full disk): reading gives null, writing says
 * whether it worked, and the app goes on without memory. */
export function readStored(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

export function writeStored(storage: () => Storage, key: string, value: string | null): boolean {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export const local = (): Storage => window.localStorage;
export const perTab = (): Storage => window.sessionStorage;
