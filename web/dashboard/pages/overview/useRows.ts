import { useHotkeys } from "@shared/lib/useHotkeys";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { PAGE_ID } from "@/lib/pageId";

const OVERSCAN = 12;

/** The rows in view of a list that scrolls with the page, the space the others take, and `j`/`k` to walk them. */
export function useRows(count: number, rowHeight: number) {
  const container = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);

  useLayoutEffect(() => {
    const page = document.getElementById(PAGE_ID);
    const list = container.current;
    if (!page || !list) return;
    function measure() {
      if (!page || !list) return;
      setMargin(list.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop);
    }
    measure();
    const observer = new ResizeObserver(measure);
    if (page.firstElementChild) observer.observe(page.firstElementChild);
    return () => observer.disconnect();
  }, []);

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => document.getElementById(PAGE_ID),
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: margin,
  });

  function walk(step: number) {
    const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
    const next = focused === undefined ? 0 : Math.min(count - 1, Math.max(0, Number(focused) + step));
    virtualizer.scrollToIndex(next, { align: "auto" });
    focusRow(container.current, next);
  }

  useHotkeys({ j: () => walk(1), k: () => walk(-1) });

  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    container,
    items,
    before: first ? first.start - margin : 0,
    after: last ? virtualizer.getTotalSize() - (last.end - margin) : 0,
  };
}

/** The row may have to be scrolled into existence first. */
function focusRow(list: HTMLElement | null, index: number, framesLeft = 5): void {
  const link = list?.querySelector<HTMLElement>(`[data-row="${index}"] a`);
  if (link) link.focus();
  else if (framesLeft > 0) requestAnimationFrame(() => focusRow(list, index, framesLeft - 1));
}
