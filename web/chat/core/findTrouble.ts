import { gatewayUrl } from "./gatewayUrl";

/** Why a socket cannot be opened at all. */
export type AddressTrouble = "bad_address" | "unreachable" | "not_a_gateway" | "origin_refused";

/** Looks why a socket ended before it was open: a browser does not say. A gateway tells every page that it is one
 * (`/embed/v1/gateway.json`), also a page whose origin may not open a socket. */
export async function findTrouble(gateway: string, signal: AbortSignal): Promise<AddressTrouble> {
  const url = gatewayUrl(gateway, "embed/v1/gateway.json");
  if (url === null) return "bad_address";
  let response: Response;
  try {
    response = await fetch(url, { signal, cache: "no-store", credentials: "omit" });
  } catch {
    // No server, no network, or a content security policy of the page: none of them says which.
    return "unreachable";
  }
  // What a proxy says for a gateway that is away.
  if (response.status >= 500) return "unreachable";
  const said: unknown = await response.json().catch(() => null);
  const isGateway =
    typeof said === "object" && said !== null && "service" in said && said.service === "tickertalk";
  return response.ok && isGateway ? "origin_refused" : "not_a_gateway";
}
