import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export interface SiteOptions {
  /** Where the page's files are. */
  folder: string;
  /** What `POST /chat-token` of the page's own backend gives for a user: `?user=` says which. */
  token: (user: string) => Promise<string>;
  /** The page's content security policy, for a gateway. */
  policy?: (gateway: string) => string;
}

/** What a page must allow, and nothing more: its own files, the element from the gateway, and the way to it. */
export function strictPolicy(gateway: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${gateway}`,
    "style-src 'self'",
    `connect-src 'self' ${gateway} ${gateway.replace("http", "ws")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Somebody else's site: files, a content security policy, and a backend that knows who is signed in. Its origin is
 * known before the gateway starts, which must be told of it. */
export class Site {
  readonly origin: string;
  /** How often its backend was asked for a token. */
  tokensGiven = 0;
  #gateway = "";
  #options: SiteOptions | null = null;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    server.on("request", (request, response) => {
      void this.#answer(request.method ?? "GET", new URL(request.url ?? "/", this.origin)).then(
        ([status, type, body]) => {
          const policy = this.#options?.policy?.(this.#gateway);
          response.writeHead(status, {
            "content-type": type,
            "cache-control": "no-store",
            ...(policy && { "content-security-policy": policy }),
          });
          response.end(body);
        },
      );
    });
  }

  static async listen(): Promise<Site> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    return new Site(server);
  }

  show(gateway: string, options: SiteOptions): void {
    this.#gateway = gateway;
    this.#options = options;
    this.tokensGiven = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(method: string, url: URL): Promise<[number, string, string | Buffer]> {
    const options = this.#options;
    if (!options) return [503, "text/plain", "nothing is shown yet"];
    if (method === "POST" && url.pathname === "/chat-token") {
      this.tokensGiven += 1;
      return [200, "text/plain", await options.token(url.searchParams.get("user") ?? "")];
    }
    const name = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    try {
      const file = await readFile(join(options.folder, normalize(name)));
      // Where the gateway is, a page knows; here it is another one in each run.
      return [
        200,
        type,
        type.startsWith("text/") ? file.toString().replaceAll("https://chat.example", this.#gateway) : file,
      ];
    } catch {
      return [404, "text/plain", "no such file"];
    }
  }
}
