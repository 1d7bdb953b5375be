import { local, readStored, writeStored } from "@shared/lib/storage";
import { create } from "zustand";

export type Theme = "system" | "light" | "dark";

/** The reader's theme; remembered by the browser. */
interface UiStore {
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

const KEY = "tickertalk.theme";

export const useUiStore = create<UiStore>()((set) => ({
  theme: storedTheme(),
  setTheme(theme) {
    writeStored(local, KEY, theme === "system" ? null : theme);
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    set({ theme });
  },
}));

function storedTheme(): Theme {
  const theme = readStored(local, KEY);
  return theme === "light" || theme === "dark" ? theme : "system";
}
