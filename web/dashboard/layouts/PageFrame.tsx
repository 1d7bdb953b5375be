import { Button } from "@shared/ui/button";
import { ErrorBoundary } from "@shared/ui/ErrorBoundary";
import { CircleAlert } from "lucide-react";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { PageLoading } from "@/components/PageLoading";
import { PageTitle } from "@/components/PageTitle";
import { StateMessage } from "@/components/States";
import { PAGE_ID } from "@/lib/pageId";

/** The scrolling area of the page; a new page begins at its top, and a faulty one leaves the rest standing.
 * It is positioned, so that what is placed absolutely inside scrolls here and does not lengthen the window. */
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
      className="relative min-h-0 min-w-0 flex-1 overflow-y-auto outline-none"
    >
      <div className="mx-auto w-full max-w-[1080px] px-4 pt-5 pb-24 md:px-8 md:pt-8 md:pb-12">
        <ErrorBoundary resetKey={pathname} fallback={(again) => <Faulty again={again} />}>
          <Suspense fallback={<PageLoading />}>{children}</Suspense>
        </ErrorBoundary>
      </div>
    </main>
  );
}

function Faulty({ again }: { again: () => void }) {
  return (
    <div role="alert">
      <PageTitle title="This page cannot be shown" hidden />
      <StateMessage
        icon={CircleAlert}
        title="This page cannot be shown"
        action={
          <Button variant="primary" onClick={again}>
            Try again
          </Button>
        }
      >
        It has a fault of its own. The conversation beside it is safe.
      </StateMessage>
    </div>
  );
}
