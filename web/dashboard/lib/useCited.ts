import { useEffect } from "react";
import { useLocation } from "react-router";

const LIT_FOR_MS = 2_000;

/** The element that shows the figure at a place of the analysis: its row, its line of the waterfall, or the top. */
export function citedElement(where: string): HTMLElement | null {
  const [part = "", key] = decodeURIComponent(where).split("/");
  const names =
    key === undefined ? [part] : part === "rationale" ? [`reason-${key}`, key] : [`metric-${key}`];
  for (const name of [...names, `reason-${key}`, `metric-${key}`]) {
    const element = document.querySelector<HTMLElement>(`[data-figure-row="${CSS.escape(name)}"]`);
    if (element) return element;
  }
  return null;
}

/** When the address names a place of the analysis (`#metrics/price_earnings/value`), scrolls there and lights it for a
 * moment. `isReady`: the analysis is on the page. Choosing the same place again does it again. */
export function useCited(isReady: boolean): void {
  const { hash, key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation has a key of its own.
  useEffect(() => {
    if (!isReady || hash === "") return;
    const element = citedElement(hash.slice(1));
    if (!element) return;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: isStill ? "instant" : "smooth" });
    element.dataset.lit = "";
    const timer = setTimeout(() => delete element.dataset.lit, LIT_FOR_MS);
    return () => {
      clearTimeout(timer);
      delete element.dataset.lit;
    };
  }, [isReady, hash, key]);
}
