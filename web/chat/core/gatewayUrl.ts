/** An address at the gateway. `gateway` is an address as one writes it down: with or without a slash at its end, with a
 * path when a proxy has one in front, or "/" for the page's own. Null where it is no address of a gateway. */
export function gatewayUrl(gateway: string, path: string): URL | null {
  let base: URL;
  try {
    base = new URL(gateway, typeof location === "undefined" ? undefined : location.href);
  } catch {
    // Not an address at all: that is what null says.
    return null;
  }
  if (base.protocol === "wss:" || base.protocol === "ws:")
    base.protocol = base.protocol.replace("ws", "http");
  if (base.protocol !== "https:" && base.protocol !== "http:") return null;
  base.search = base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return new URL(path, base);
}

/** The same for a socket. */
export function socketUrl(gateway: string, path: string): URL | null {
  const url = gatewayUrl(gateway, path);
  if (url) url.protocol = url.protocol.replace("http", "ws");
  return url;
}
