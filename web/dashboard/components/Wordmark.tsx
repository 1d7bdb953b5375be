import { cn } from "@shared/lib/cn";

export function Wordmark({ iconOnly = false, className }: { iconOnly?: boolean; className?: string }) {
  return (
    <span className={cn("flex items-center gap-2.5", className)}>
      <img src="/favicon.svg" alt={iconOnly ? "Tickertalk" : ""} className="size-7" />
      {!iconOnly && <span className="font-semibold text-[0.9375rem] tracking-tight">Tickertalk</span>}
    </span>
  );
}
