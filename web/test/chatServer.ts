import type { ClientFrame, ServerFrame } from "@chat/protocol/decodeFrame";
import { ws } from "msw";
import { setupServer } from "msw/node";

type Client = Parameters<Parameters<ReturnType<typeof ws.link>["addEventListener"]>[1]>[0]["client"];

/** The other end of the browser's sockets: every connection, what it said, and a way to answer or to close. */
export class ChatServer {
  readonly sockets: Socket[] = [];
  readonly #server;
  #changed: Array<() => void> = [];

  constructor() {
    const link = ws.link(/\/ws\/chat\//);
    this.#server = setupServer(
      link.addEventListener("connection", ({ client }) => {
        this.sockets.push(new Socket(client, () => this.#tell()));
        this.#tell();
      }),
    );
  }

  start(): void {
    this.#server.listen();
  }

  stop(): void {
    this.#server.close();
  }

  /** The n-th socket (from 0), once it has said so many frames. */
  async socket(index: number, frames = 1): Promise<Socket> {
    for (;;) {
      const socket = this.sockets[index];
      if (socket && socket.said.length >= frames) return socket;
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  #tell(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }
}

class Socket {
  readonly said: ClientFrame[] = [];
  readonly url: URL;
  readonly #client: Client;

  constructor(client: Client, changed: () => void) {
    this.#client = client;
    this.url = new URL(client.url);
    client.addEventListener("message", (event) => {
      this.said.push(JSON.parse(String(event.data)) as ClientFrame);
      changed();
    });
  }

  send(...frames: ServerFrame[]): void {
    for (const frame of frames) this.#client.send(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.#client.send(text);
  }

  close(code: number): void {
    this.#client.close(code);
  }
}
