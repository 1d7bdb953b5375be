import { useHotkeys } from "@shared/lib/useHotkeys";
import { type LayoutKind, useLayoutKind } from "@shared/lib/useLayoutKind";
import { Modal } from "@shared/ui/modal";
import { MessageCircle } from "lucide-react";
import { forwardRef, type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { unfinishedTurns } from "../core/conversation";
import { AnswerAnnouncer } from "./AnswerAnnouncer";
import type { ComposerHandle } from "./ChatComposer";
import { ChatPanel } from "./ChatPanel";
import { useChat, useChatStore, useIsSpoken, useSay, useSidebar } from "./ChatProvider";
import { SidebarResizer } from "./SidebarResizer";

export interface SidebarChatProps {
  /** Where it stands: over the page's right edge, opened by a button (the default); beside the page as the last part of
   * a row, where there is room; or filling the box that it is put into. On a phone the first two cover the page. */
  placement?: "over" | "beside" | "fill";
  /** Open at first, where the reader has not chosen. Beside the page it is, where there is room. */
  defaultOpen?: boolean;
  /** `]` shows and hides it, and Esc works from everywhere: for a page whose keys are the chat's too. */
  hotkeys?: boolean;
  /** Day or night, else as the page's `color-scheme` says. */
  theme?: "light" | "dark" | undefined;
}

/** The chat in a page. It stays connected and streaming whether it is open or not. */
export function SidebarChat(props: SidebarChatProps) {
  return useIsSpoken() ? <Sidebar {...props} /> : null;
}

function Sidebar({ placement = "over", defaultOpen, hotkeys = false, theme }: SidebarChatProps) {
  const kind = kindOf(placement, useLayoutKind());
  const { sidebarOpen, setSidebarOpen } = useSidebar();
  const isOpen = placement === "fill" || (sidebarOpen ?? defaultOpen ?? kind === "wide");
  const root = useRef<HTMLDivElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const chat = useChat();

  function show() {
    setSidebarOpen(true);
    requestAnimationFrame(() => composer.current?.focus());
  }
  function hide() {
    setSidebarOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  }
  function onEscape() {
    if (isOpen && kind === "rail") hide();
    else {
      const running = unfinishedTurns(chat.getState().messages)[0];
      if (running !== undefined) chat.stop(running);
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!hotkeys && isFreeEscape(event.nativeEvent, root.current)) onEscape();
  }

  useHotkeys(hotkeys ? { "]": () => (isOpen ? hide() : show()) } : NO_KEYS);
  useEscape(hotkeys, root, onEscape);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears keys on their way from what is inside.
    <div ref={root} data-tickertalk={theme ?? ""} className="contents" onKeyDown={onKeyDown}>
      <AnswerAnnouncer />
      <Frame kind={kind} placement={placement} isOpen={isOpen} onClose={hide}>
        <ChatPanel kind={kind} onClose={placement === "fill" ? null : hide} composer={composer} />
      </Frame>
      {!isOpen && <AskButton ref={opener} onClick={show} />}
    </div>
  );
}

const NO_KEYS = {};

/** Beside the page only where there is room; a box that the page gave is as wide as it is. */
function kindOf(placement: SidebarChatProps["placement"], room: LayoutKind): LayoutKind {
  if (placement === "fill") return "wide";
  return placement === "over" && room === "wide" ? "rail" : room;
}

/** The place of the panel in the page. */
function Frame({
  kind,
  placement,
  isOpen,
  onClose,
  children,
}: {
  kind: LayoutKind;
  placement: SidebarChatProps["placement"];
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { sidebarWidth } = useSidebar();
  const name = useSay()("chat");
  if (kind === "phone") {
    return (
      <Modal
        open={isOpen}
        onClose={onClose}
        aria-label={name}
        className="fixed inset-0 m-0 h-dvh max-h-none w-screen max-w-none"
      >
        {children}
      </Modal>
    );
  }
  if (!isOpen) return null;
  if (placement === "fill") {
    return (
      <section aria-label={name} className="relative block h-full w-full overflow-hidden">
        {children}
      </section>
    );
  }
  if (kind === "rail") {
    return (
      <aside
        aria-label={name}
        className="fixed inset-y-0 right-0 z-[var(--tt-layer,30)] w-[var(--tt-width,360px)] max-w-full border-line border-l shadow-2xl shadow-scrim/30"
      >
        {children}
      </aside>
    );
  }
  return (
    <aside
      aria-label={name}
      className="relative h-dvh shrink-0 border-line border-l"
      style={{ width: sidebarWidth }}
    >
      <SidebarResizer />
      {children}
    </aside>
  );
}

const AskButton = forwardRef<HTMLButtonElement, { onClick: () => void }>(function AskButton(
  { onClick },
  ref,
) {
  const say = useSay();
  const isAnswering = useChatStore((state) => unfinishedTurns(state.messages).length > 0);
  return (
    <button
      ref={ref}
      type="button"
      data-slot="ask"
      onClick={onClick}
      className="fixed right-4 bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-[var(--tt-layer,20)] flex h-11 items-center gap-2 rounded-full bg-accent px-4 font-semibold text-on-accent shadow-lg md:right-6 md:bottom-6"
    >
      <MessageCircle aria-hidden="true" className="size-[1.125rem]" />
      {say("ask")}
      {isAnswering && <span className="size-2 animate-pulse rounded-full bg-on-accent" aria-hidden="true" />}
      {isAnswering && <span className="sr-only">{say("answerIsWritten")}</span>}
    </button>
  );
});

/** Esc that nothing else has taken: menus, cards and dialogs come first. */
function isFreeEscape(event: globalThis.KeyboardEvent, root: HTMLElement | null): boolean {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return false;
  const around = root?.getRootNode();
  return !(around instanceof Document || around instanceof ShadowRoot) || !around.querySelector(TOPMOST);
}

const TOPMOST = "dialog[open], [popover]:popover-open";

/** The same from everywhere in the page. */
function useEscape(isOn: boolean, root: RefObject<HTMLElement | null>, action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (isFreeEscape(event, root.current)) latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isOn, root]);
}
