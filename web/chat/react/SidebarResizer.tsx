import type { KeyboardEvent, PointerEvent } from "react";
import { useSay, useSidebar } from "./ChatProvider";
import { MAX_SIDEBAR, MIN_SIDEBAR } from "./sidebarStore";

const STEP = 16;

/** The sidebar's left edge, to drag or to move with the arrow keys. */
export function SidebarResizer() {
  const { sidebarWidth, setSidebarWidth } = useSidebar();

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    if (event.currentTarget.hasPointerCapture(event.pointerId))
      setSidebarWidth(window.innerWidth - event.clientX);
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowLeft" ? STEP : event.key === "ArrowRight" ? -STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    setSidebarWidth(sidebarWidth + step);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be focused and dragged.
    <div
      role="separator"
      tabIndex={0}
      aria-label={useSay()("width")}
      aria-orientation="vertical"
      aria-valuenow={sidebarWidth}
      aria-valuemin={MIN_SIDEBAR}
      aria-valuemax={MAX_SIDEBAR}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/30 focus-visible:bg-accent/40 focus-visible:outline-none"
    />
  );
}
