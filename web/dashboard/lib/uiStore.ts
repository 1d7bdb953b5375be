import { create } from "zustand";
import { local, readStored, writeStored } from "./storage";

export type Theme = "system" | "light" | "dark";

export const MIN_SIDEBAR = 320;
export const MAX_SIDEBAR = 560;
const DEFAULT_SIDEBAR = 400;

/** How the reader arranged the page; remembered by the browser. */
interface UiStore {
  /** null: never chosen; open where there is room beside the page. */
  sidebarOpen: boolean | null;
  sidebarWidth: number;
  theme: Theme;
  setSidebarOpen: (open: boolean) => void;
  setSidebarWidth: (width: number) => void;
  setTheme: (theme: Theme) => void;
}

const KEYS = {
  open: "tickertalk.sidebar.open",
  width: "tickertalk.sidebar.width",
  theme: "tickertalk.theme",
} as const;

export const useUiStore = create<UiStore>()((set) => ({
  ...stored(),
  setSidebarOpen(open) {
    writeStored(local, KEYS.open, String(open));
    set({ sidebarOpen: open });
  },
  setSidebarWidth(width) {
    const kept = clampWidth(width);
    writeStored(local, KEYS.width, String(kept));
    set({ sidebarWidth: kept });
  },
  setTheme(theme) {
    writeStored(local, KEYS.theme, theme === "system" ? null : theme);
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    set({ theme });
  },
}));

function stored(): Pick<UiStore, "sidebarOpen" | "sidebarWidth" | "theme"> {
  const open = readStored(local, KEYS.open);
  const theme = readStored(local, KEYS.theme);
  return {
    sidebarOpen: open === null ? null : open === "true",
    sidebarWidth: clampWidth(Number(readStored(local, KEYS.width)) || DEFAULT_SIDEBAR),
    theme: theme === "light" || theme === "dark" ? theme : "system",
  };
}

function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_SIDEBAR, Math.max(MIN_SIDEBAR, width)));
}
