import { useEffect, useRef } from "react";

export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Page-wide keys. `mod+k` is ⌘K or Ctrl+K and works everywhere; single keys never fire while something is being
 * typed, during IME composition, with a modifier, or under an open dialog. */
export function useHotkeys(hotkeys: Hotkeys): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const mod = event.metaKey || event.ctrlKey;
      if (
        !mod &&
        (event.altKey || isTyping(event.composedPath()[0] ?? null) || document.querySelector("dialog[open]"))
      )
        return;
      const action = latest.current[mod ? `mod+${event.key.toLowerCase()}` : event.key];
      if (!action) return;
      event.preventDefault();
      action(event);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** The target is the innermost: to the page, what is typed in a shadow root is typed in its host. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
