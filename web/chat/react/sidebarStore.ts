import { local, readStored, writeStored } from "@shared/lib/storage";
import { createStore, type StoreApi } from "zustand/vanilla";

export const MIN_SIDEBAR = 320;
export const MAX_SIDEBAR = 560;
const DEFAULT_SIDEBAR = 400;

/** How the reader arranged the chat beside the page; remembered by the browser. */
export interface Sidebar {
  /** null: never chosen; open where there is room beside the page. */
  sidebarOpen: boolean | null;
  sidebarWidth: number;
  setSidebarOpen: (open: boolean) => void;
  setSidebarWidth: (width: number) => void;
}

const OPEN = "tickertalk.sidebar.open";
const WIDTH = "tickertalk.sidebar.width";

export function createSidebar(): StoreApi<Sidebar> {
  const open = readStored(local, OPEN);
  return createStore<Sidebar>()((set) => ({
    sidebarOpen: open === null ? null : open === "true",
    sidebarWidth: clampWidth(Number(readStored(local, WIDTH)) || DEFAULT_SIDEBAR),
    setSidebarOpen(isOpen) {
      writeStored(local, OPEN, String(isOpen));
      set({ sidebarOpen: isOpen });
    },
    setSidebarWidth(width) {
      const kept = clampWidth(width);
      writeStored(local, WIDTH, String(kept));
      set({ sidebarWidth: kept });
    },
  }));
}

function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_SIDEBAR, Math.max(MIN_SIDEBAR, width)));
}
