import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "../lib/cn";

const GAP = 6;

/** A button and a list of actions in the platform's own popover: above everything, closed by `Esc` or a click
 * elsewhere, focus returned. */
export function Menu({
  trigger,
  children,
}: {
  trigger: (props: ComponentProps<"button">) => ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLSpanElement>(null);
  const anchor = useRef<HTMLElement | null>(null);

  // React 18 does not know the property; the attribute is the platform's.
  useEffect(() => opener.current?.querySelector("button")?.setAttribute("popovertarget", id), [id]);

  function place() {
    const box = anchor.current?.getBoundingClientRect();
    if (!box || !list.current) return;
    list.current.style.top = `${box.bottom + GAP}px`;
    list.current.style.right = `${document.documentElement.clientWidth - box.right}px`;
  }

  return (
    <>
      <span ref={opener} className="contents">
        {trigger({
          "aria-haspopup": "true",
          onClick: (event) => {
            anchor.current = event.currentTarget;
            place();
          },
        })}
      </span>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click is a button's inside, keys included. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it closes after the action inside was chosen. */}
      <div
        ref={list}
        id={id}
        popover="auto"
        data-slot="menu"
        onClick={() => list.current?.hidePopover()}
        className="fixed inset-auto m-0 min-w-56 rounded-lg border border-line bg-bg p-1 text-sm text-text shadow-scrim/20 shadow-xl dark:bg-raised"
      >
        {children}
      </div>
    </>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<"button">) {
  return (
    <button
      type="button"
      data-slot="menu-item"
      className={cn(
        "flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 max-md:min-h-11 text-left hover:bg-raised disabled:pointer-events-none disabled:opacity-45 dark:hover:bg-bubble [&_svg]:size-4 [&_svg]:text-muted",
        className,
      )}
      {...props}
    />
  );
}
