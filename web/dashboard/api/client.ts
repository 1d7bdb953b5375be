import { ApiError, refusal } from "@shared/lib/apiError";
import { getToken } from "@/session/token";
import type { AnalysisDetail, AnalysisRow, AnalysisStep, PricePoint, SessionRow } from "./types";

/** Which analysis of a company: the newest when neither is given. */
export interface AnalysisChoice {
  id?: number | undefined;
  asOf?: string | undefined;
}

export const fetchAnalyses = (): Promise<AnalysisRow[]> => get("/api/analyses");

export function fetchAnalysis(ticker: string, { id, asOf }: AnalysisChoice = {}): Promise<AnalysisDetail> {
  const query = id !== undefined ? `?id=${id}` : asOf !== undefined ? `?as_of=${asOf}` : "";
  return get(`/api/analyses/${encodeURIComponent(ticker)}${query}`);
}

export const fetchHistory = (ticker: string): Promise<AnalysisStep[]> =>
  get(`/api/analyses/${encodeURIComponent(ticker)}/history`);

export const fetchPrices = (ticker: string): Promise<PricePoint[]> =>
  get(`/api/prices/${encodeURIComponent(ticker)}`);

export const fetchSessions = (): Promise<SessionRow[]> => get("/api/sessions");

async function get<T>(path: string): Promise<T> {
  return (await (await request(path)).json()) as T;
}

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response = await authorized(path, init, false);
  if (response.status === 401) response = await authorized(path, init, true);
  if (response.status === 401) throw signedOut();
  if (!response.ok) throw await refusal(response);
  return response;
}

async function authorized(path: string, init: RequestInit, fresh: boolean): Promise<Response> {
  const token = await getToken(fresh);
  if (token === null) throw signedOut();
  return fetch(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
}

const signedOut = () => new ApiError(401, "signed_out", "Your session ended.");
