import { useSyncExternalStore } from "react";
import { currentIdentity, type Identity, onIdentityChange } from "./token";

export function useIdentity(): Identity | null {
  return useSyncExternalStore(onIdentityChange, currentIdentity);
}
