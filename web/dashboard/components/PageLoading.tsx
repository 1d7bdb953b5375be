import { Skeleton } from "@shared/ui/skeleton";
import { PageTitle } from "./PageTitle";

/** A page before its code or its figures are here. */
export function PageLoading({ title = "Loading" }: { title?: string }) {
  return (
    <>
      <PageTitle title={title} hidden />
      <PageSkeleton />
    </>
  );
}

/** The shape of a page, below a title that is there already. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-4 p-1">
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <Skeleton className="mt-4 h-28 w-full rounded-xl" />
      <Skeleton className="h-72 w-full rounded-xl" />
    </div>
  );
}
