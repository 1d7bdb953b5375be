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

/** What was chosen before is put in after the start, which is the same on a server: nothing to hydrate differs. */
export function createSidebar(storageKey = ""): StoreApi<Sidebar> {
  const suffix = storageKey === "" ? "" : `.${storageKey}`;
  const [open, width] = [`tickertalk.sidebar.open${suffix}`, `tickertalk.sidebar.width${suffix}`];
  const store = createStore<Sidebar>()((set) => ({
    sidebarOpen: null,
    sidebarWidth: DEFAULT_SIDEBAR,
    setSidebarOpen(isOpen) {
      writeStored(local, open, String(isOpen));
      set({ sidebarOpen: isOpen });
    },
    setSidebarWidth(wanted) {
      const kept = clampWidth(wanted);
      writeStored(local, width, String(kept));
      set({ sidebarWidth: kept });
    },
  }));
  const wasOpen = readStored(local, open);
  store.setState({
    sidebarOpen: wasOpen === null ? null : wasOpen === "true",
    sidebarWidth: clampWidth(Number(readStored(local, width)) || DEFAULT_SIDEBAR),
  });
  return store;
}

function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_SIDEBAR, Math.max(MIN_SIDEBAR, width)));
}
