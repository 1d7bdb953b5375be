import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import { perTab, readStored, writeStored } from "./storage";

const RETRY_MS = 1500;
const KEY = "tickertalk.updated";

/** A part of the app that is fetched when it is wanted. An outage only delays it; when the server is well and
 * still has no such file, the app was updated, and the page starts anew, once. */
// biome-ignore lint/suspicious/noExplicitAny: React's own signature; the props are those of the component.
export function lazyPart<Part extends ComponentType<any>>(
  load: () => Promise<{ default: Part }>,
): LazyExoticComponent<Part> {
  return lazy(() => loadChunk(load));
}

export async function loadChunk<Module>(load: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (await isServerWell()) {
        // A browser may remember the failure for as long as the page lives.
        if (readStored(perTab, KEY) !== null || !writeStored(perTab, KEY, "1")) throw error;
        window.location.reload();
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function isServerWell(): Promise<boolean> {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    // Not reachable: the answer is no.
    return false;
  }
}
