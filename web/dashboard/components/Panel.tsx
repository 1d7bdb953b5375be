import { cn } from "@shared/lib/cn";
import { type ReactNode, useId } from "react";

/** One titled part of a page. */
export function Panel({
  title,
  aside,
  className,
  children,
}: {
  title: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} data-slot="panel" className={cn("min-w-0", className)}>
      <header className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-line border-b pb-2">
        <h2 id={id} className="font-semibold text-[0.9375rem]">
          {title}
        </h2>
        {aside && <div className="text-muted text-xs">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
