import { ApiError, refusal } from "@shared/lib/apiError";
import type { AnalysisDetail, MessagePage } from "../protocol/http.gen";
import { gatewayUrl } from "./gatewayUrl";
import type { GetToken } from "./tokens";

/** What the chat asks the gateway over HTTP; the rest goes over the socket. */
export interface GatewayApi {
  fetchMessages: (sessionId: string, before: number, limit?: number) => Promise<MessagePage>;
  deleteSession: (sessionId: string) => Promise<void>;
  /** The company's newest analysis. */
  fetchAnalysis: (ticker: string) => Promise<AnalysisDetail>;
}

export function gatewayApi(gateway: string, getToken: GetToken): GatewayApi {
  async function authorized(path: string, init: RequestInit, fresh: boolean): Promise<Response> {
    const url = gatewayUrl(gateway, path);
    if (url === null) throw new TypeError(`no address of a gateway: ${gateway}`);
    const token = await getToken({ fresh });
    if (token === null) throw new ApiError(401, "signed_out", "Your session ended.");
    const headers = { Authorization: `Bearer ${token}` };
    return fetch(url, { ...init, headers, credentials: "omit" });
  }

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    let response = await authorized(path, init, false);
    if (response.status === 401) response = await authorized(path, init, true);
    if (!response.ok) throw await refusal(response);
    return response;
  }

  return {
    async fetchMessages(sessionId, before, limit = 50) {
      const response = await request(`api/sessions/${sessionId}/messages?before=${before}&limit=${limit}`);
      return (await response.json()) as MessagePage;
    },
    async fetchAnalysis(ticker) {
      return (await (await request(`api/analyses/${encodeURIComponent(ticker)}`)).json()) as AnalysisDetail;
    },
    async deleteSession(sessionId) {
      // It may be the last thing this page says.
      await request(`api/sessions/${sessionId}`, { method: "DELETE", keepalive: true });
    },
  };
}
