import type { HttpGet } from "@chat/protocol/http.gen";
import { ApiError, refusal } from "@shared/lib/apiError";
import { getToken } from "@/session/token";

/** Which analysis of a company: the newest when neither is given. */
export interface AnalysisChoice {
  id?: number | undefined;
  asOf?: string | undefined;
}

export const fetchAnalyses = () => get("/api/analyses");

export const fetchAnalysis = (ticker: string, { id, asOf }: AnalysisChoice = {}) =>
  get(
    "/api/analyses/{ticker}",
    { ticker },
    id !== undefined ? { id: String(id) } : asOf ? { as_of: asOf } : {},
  );

export const fetchHistory = (ticker: string) => get("/api/analyses/{ticker}/history", { ticker });

/** What changed between the analyses of two days, both "2026-08-22". */
export const fetchChanges = (ticker: string, from: string, to: string) =>
  get("/api/analyses/{ticker}/changes", { ticker }, { from, to });

export const fetchPrices = (ticker: string) => get("/api/prices/{ticker}", { ticker });

export const fetchSessions = () => get("/api/sessions");

/** A route's answer, typed as the gateway describes it. `fills` stands in for what is in braces. */
async function get<Route extends keyof HttpGet>(
  route: Route,
  fills: Record<string, string> = {},
  query: Record<string, string> = {},
): Promise<HttpGet[Route]> {
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(fills[name] ?? ""));
  const asked = new URLSearchParams(query).toString();
  return (await (await request(asked === "" ? path : `${path}?${asked}`)).json()) as HttpGet[Route];
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
