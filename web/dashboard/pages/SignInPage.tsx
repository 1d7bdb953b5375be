import { Button } from "@shared/ui/button";
import { Skeleton } from "@shared/ui/skeleton";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Wordmark } from "@/components/Wordmark";
import { fetchDemoAvailable, signInAsDemo } from "@/session/demo";

/** The door. Development mode opens it by one click; otherwise the embedding page holds the key. */
export function SignInPage() {
  const demo = useQuery({ queryKey: ["demo-available"], queryFn: fetchDemoAvailable, retry: 1 });
  const [failure, setFailure] = useState<string | null>(null);
  const [isSigningIn, setSigningIn] = useState(false);

  async function signIn() {
    setSigningIn(true);
    setFailure(null);
    try {
      await signInAsDemo();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setSigningIn(false);
    }
  }

  return (
    <main className="grid min-h-dvh place-items-center bg-surface p-6">
      <div className="w-full max-w-sm rounded-2xl border border-line bg-bg p-8 shadow-scrim/5 shadow-xl">
        <Wordmark className="mb-8" />
        <h1 className="text-balance font-semibold text-2xl leading-8 tracking-tight">
          Ask about the analysis you are reading.
        </h1>
        <p className="mt-3 text-muted">
          Ratings, figures and reasons for the companies of the S&amp;P 500, and a chat beside them that
          answers from what is on the page.
        </p>
        <div className="mt-8">
          {demo.isPending && <Skeleton className="h-10" />}
          {demo.data === true && (
            <Button variant="primary" className="h-10 w-full" disabled={isSigningIn} onClick={signIn}>
              Continue as demo user
            </Button>
          )}
          {demo.data === false && (
            <p className="rounded-lg bg-surface p-3 text-muted">
              You are not signed in. Open Tickertalk from the page that it is part of: that page signs you in.
            </p>
          )}
          {demo.isError && (
            <p role="alert" className="text-sell">
              The server cannot be reached.{" "}
              <Button variant="link" size="inline" onClick={() => void demo.refetch()}>
                Try again
              </Button>
            </p>
          )}
          {failure && (
            <p role="alert" className="mt-3 text-sell">
              {failure}
            </p>
          )}
        </div>
      </div>
    </main>
  );
}
