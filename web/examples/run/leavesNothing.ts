import { expect, type Page, type WebSocket } from "@playwright/test";

interface Watched {
  timers: Set<unknown>;
  listeners: Map<string, number>;
}

export interface Leavings {
  socketsOpened: () => number;
  /** After the chat is gone: no socket is open, no timer runs, no listener hangs at the window or the document. */
  check: () => Promise<void>;
}

/** Watches what a chat begins in a page; called before the page opens. */
export async function leavesNothing(page: Page): Promise<Leavings> {
  const sockets: WebSocket[] = [];
  page.on("websocket", (socket) => sockets.push(socket));
  // What a page had open that has been left is not told of any more.
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) sockets.length = 0;
  });
  await page.addInitScript(() => {
    const watched: Watched = { timers: new Set(), listeners: new Map() };
    Object.assign(window, { watched });
    const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
    // biome-ignore lint/suspicious/noExplicitAny: the platform's functions take anything.
    type Any = any;
    Object.assign(window, {
      setTimeout(run: Any, ...rest: Any[]) {
        const id = (setTimeout as Any)(
          () => {
            watched.timers.delete(id);
            run();
          },
          ...rest,
        );
        watched.timers.add(id);
        return id;
      },
      clearTimeout(id: Any) {
        watched.timers.delete(id);
        clearTimeout(id);
      },
      setInterval(run: Any, ...rest: Any[]) {
        const id = (setInterval as Any)(run, ...rest);
        watched.timers.add(id);
        return id;
      },
      clearInterval(id: Any) {
        watched.timers.delete(id);
        clearInterval(id);
      },
    });
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      const count = (type: string, change: number) =>
        watched.listeners.set(type, (watched.listeners.get(type) ?? 0) + change);
      Object.assign(target, {
        addEventListener(type: string, ...rest: Any[]) {
          count(type, 1);
          (addEventListener as Any).call(target, type, ...rest);
        },
        removeEventListener(type: string, ...rest: Any[]) {
          count(type, -1);
          (removeEventListener as Any).call(target, type, ...rest);
        },
      });
    }
  });
  return {
    socketsOpened: () => sockets.length,
    async check() {
      await expect.poll(() => sockets.filter((socket) => !socket.isClosed()).length).toBe(0);
      const read = () =>
        page.evaluate(() => {
          const { timers, listeners } = (window as unknown as { watched: Watched }).watched;
          const ours = ["online", "offline", "visibilitychange", "pagehide", "keydown", "resize", "scroll"];
          return { timers: timers.size, listeners: ours.filter((type) => (listeners.get(type) ?? 0) > 0) };
        });
      await expect.poll(read).toEqual({ timers: 0, listeners: [] });
    },
  };
}
