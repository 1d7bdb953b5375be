import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";

export const PAGE_ID = "page";

/** The scrolling area of the page; a new page begins at its top. */
export function PageFrame({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what makes it a new page.
  useEffect(() => {
    frame.current?.scrollTo({ top: 0 });
  }, [pathname]);
  return (
    <main
      ref={frame}
      id={PAGE_ID}
      tabIndex={-1}
      className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none"
    >
      <div className="mx-auto w-full max-w-[1080px] px-4 pt-5 pb-24 md:px-8 md:pt-8 md:pb-12">{children}</div>
    </main>
  );
}
