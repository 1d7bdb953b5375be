import { createStore, type StoreApi } from "zustand/vanilla";

/** The question being written: kept while the sidebar closes, moves or becomes a sheet. */
export interface Draft {
  draft: string;
  setDraft: (draft: string) => void;
}

export function createDraft(): StoreApi<Draft> {
  return createStore<Draft>()((set) => ({ draft: "", setDraft: (draft) => set({ draft }) }));
}
