import { ApiError } from "@shared/lib/apiError";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { GatewayApi } from "./gatewayApi";

/** What the chat knows of a company by itself, where the page around it says nothing. */
export interface KnownCompany {
  name: string;
  /** The date of its newest analysis. */
  asOf: string | null;
  isRated: boolean;
  /** What the analysis calls its figures, by their keys. */
  labels: Readonly<Record<string, string>>;
}

export interface Companies {
  known: Readonly<Record<string, KnownCompany>>;
  /** Asks the gateway once; what cannot be had is asked for again by the next who wants it. */
  load: (ticker: string) => Promise<void>;
  /** Newer analyses are in, of these companies or (null) of many: what is shown of them is asked for again. */
  renew: (tickers: readonly string[] | null) => void;
}

export function createCompanies(fetchAnalysis: GatewayApi["fetchAnalysis"]): StoreApi<Companies> {
  return createStore<Companies>()((set, get) => {
    const asked = new Set<string>();
    return {
      known: {},
      renew(tickers) {
        const old = Object.keys(get().known).filter((ticker) => tickers?.includes(ticker) ?? true);
        for (const ticker of old) {
          asked.delete(ticker);
          void get().load(ticker);
        }
      },
      async load(ticker) {
        if (asked.has(ticker)) return;
        asked.add(ticker);
        try {
          const { company, as_of, metrics, rationale } = await fetchAnalysis(ticker);
          const labels = Object.fromEntries([...rationale, ...metrics].map(({ key, label }) => [key, label]));
          const found = { name: company.name, asOf: as_of, isRated: true, labels };
          set({ known: { ...get().known, [ticker]: found } });
        } catch (error) {
          // Without a name and suggestions one can still ask; the connection says what is wrong with the gateway.
          if (!(error instanceof ApiError && error.status === 404)) asked.delete(ticker);
        }
      },
    };
  });
}
