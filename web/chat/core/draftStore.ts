import { create } from "zustand";

/** The question being written: kept while the sidebar closes, moves or becomes a sheet. */
export const useDraft = create<{ draft: string; setDraft: (draft: string) => void }>()((set) => ({
  draft: "",
  setDraft: (draft) => set({ draft }),
}));
