import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** Stands in for `shared/lib/loadChunk` in the package: a page that is somebody else's is never loaded anew. What cannot
 * be fetched is shown as text. */
// biome-ignore lint/suspicious/noExplicitAny: React's own signature; the props are those of the component.
export function lazyPart<Part extends ComponentType<any>>(
  load: () => Promise<{ default: Part }>,
): LazyExoticComponent<Part> {
  return lazy(load);
}

export const loadChunk = <Module>(load: () => Promise<Module>): Promise<Module> => load();
