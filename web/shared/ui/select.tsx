import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../lib/cn";

/** The platform's select in the app's clothes: right on a phone, and no script. */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  return (
    <span data-slot="select" className={cn("relative inline-flex", className)}>
      <select
        className="h-9 w-full appearance-none rounded-md border border-border/60 bg-bg pr-8 pl-3 text-sm hover:bg-surface dark:bg-surface"
        {...props}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted"
      />
    </span>
  );
}
