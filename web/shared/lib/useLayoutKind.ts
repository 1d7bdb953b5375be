import { useSyncExternalStore } from "react";

export type LayoutKind = "phone" | "rail" | "wide";

const PHONE = "(max-width: 767.98px)";
const WIDE = "(min-width: 1280px)";

/** Which of the three arrangements the window has room for. */
export function useLayoutKind(): LayoutKind {
  return useSyncExternalStore(subscribe, currentKind, onServer);
}

function subscribe(changed: () => void): () => void {
  const queries = [window.matchMedia(PHONE), window.matchMedia(WIDE)];
  for (const query of queries) query.addEventListener("change", changed);
  return () => {
    for (const query of queries) query.removeEventListener("change", changed);
  };
}

/** A server knows no window. */
const onServer = (): LayoutKind => "wide";

function currentKind(): LayoutKind {
  if (window.matchMedia(PHONE).matches) return "phone";
  return window.matchMedia(WIDE).matches ? "wide" : "rail";
}
