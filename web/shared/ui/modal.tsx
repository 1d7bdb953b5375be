import { type ComponentProps, useEffect, useRef } from "react";
import { cn } from "../lib/cn";

/** The platform's own modal dialog: focus kept inside, `Esc` closes, focus returns to where it was. */
export function Modal({
  open,
  onClose,
  className,
  children,
  ...props
}: Omit<ComponentProps<"dialog">, "onClose" | "open"> & { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes; for keys the dialog has Esc.
    <dialog
      ref={dialog}
      data-slot="modal"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className={cn("m-auto bg-bg text-text backdrop:bg-scrim", className)}
      {...props}
    >
      {open && children}
    </dialog>
  );
}
