import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

// The library's own second is little on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// Some tests look at what happens where there is no browser.
const hasBrowser = typeof window !== "undefined";

// What jsdom has no layout for; components ask, and get the answer of a wide window.
beforeEach(() => {
  if (!hasBrowser) return;
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("min-width: 1280px"),
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollTo = () => {};
  HTMLElement.prototype.showPopover = () => {};
  HTMLElement.prototype.hidePopover = () => {};
});

afterEach(() => {
  if (!hasBrowser) return;
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
