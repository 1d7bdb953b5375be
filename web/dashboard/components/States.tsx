import { ApiError, isSignedOut } from "@shared/lib/apiError";
import { Button } from "@shared/ui/button";
import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { signInAgain } from "@/session/signIn";

/** A page or panel that has nothing to show, and says why and what to do. */
export function StateMessage({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div
      data-slot="state"
      className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-16 text-center"
    >
      <span className="mb-1 grid size-11 place-items-center rounded-full bg-raised text-muted">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <h2 className="font-semibold text-base">{title}</h2>
      {children && <p className="text-balance text-muted">{children}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

/** What could not be loaded, in the server's words, and a way to try again, or to sign in where only that helps. */
export function LoadError({ what, error, onRetry }: { what: string; error: Error; onRetry: () => void }) {
  const isOver = isSignedOut(error);
  const words = error instanceof ApiError ? error.message : "The server cannot be reached.";
  return (
    <div role="alert">
      <StateMessage
        icon={CircleAlert}
        title={`${what} could not be loaded`}
        action={
          <Button variant="primary" onClick={isOver ? () => void signInAgain() : onRetry}>
            {isOver ? "Sign in" : "Try again"}
          </Button>
        }
      >
        {words}
      </StateMessage>
    </div>
  );
}
