import { getToken } from "@/session/token";
import type { AnalysisDetail, AnalysisRow, AnalysisStep, MessagePage, PricePoint, SessionRow } from "./types";

/** What the gateway refused, in its words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

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

export const fetchMessages = (sessionId: string, before: number, limit = 50): Promise<MessagePage> =>
  get(`/api/sessions/${sessionId}/messages?before=${before}&limit=${limit}`);

export async function deleteSession(sessionId: string): Promise<void> {
  // It may be the last thing this page says.
  await request(`/api/sessions/${sessionId}`, { method: "DELETE", keepalive: true });
}

/** Whether the gateway runs in development mode and gives out demo tokens. */
export async function fetchDemoAvailable(): Promise<boolean> {
  return (await fetchDemoToken("demo")) !== null;
}

/** A token for the demo user; null where development mode is off. */
export async function fetchDemoToken(user: string): Promise<string | null> {
  const response = await fetch("/api/dev/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user }),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw await refusal(response);
  return ((await response.json()) as { token: string }).token;
}

async function get<T>(path: string): Promise<T> {
  return (await (await request(path)).json()) as T;
}

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response = await authorized(path, init, false);
  if (response.status === 401) response = await authorized(path, init, true);
  if (!response.ok) throw await refusal(response);
  return response;
}

async function authorized(path: string, init: RequestInit, fresh: boolean): Promise<Response> {
  const token = await getToken(fresh);
  if (token === null) throw new ApiError(401, "signed_out", "Your session ended.");
  return fetch(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
}

async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const { code, message } = (body ?? {}) as { code?: unknown; message?: unknown };
  return new ApiError(
    response.status,
    typeof code === "string" ? code : "unavailable",
    typeof message === "string" ? message : `The server answered ${response.status}.`,
  );
}
