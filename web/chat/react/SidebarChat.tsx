import { useHotkeys } from "@shared/lib/useHotkeys";
import { useLayoutKind } from "@shared/lib/useLayoutKind";
import { Modal } from "@shared/ui/modal";
import { MessageCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { unfinishedTurns } from "../core/conversation";
import { AnswerAnnouncer } from "./AnswerAnnouncer";
import type { ComposerHandle } from "./ChatComposer";
import { ChatPanel } from "./ChatPanel";
import { useChat, useChatStore, useSidebar } from "./ChatProvider";
import { SidebarResizer } from "./SidebarResizer";

/** The chat beside the page. It stays connected and streaming whether it is open or not. */
export function SidebarChat() {
  const kind = useLayoutKind();
  const { sidebarOpen, sidebarWidth, setSidebarOpen } = useSidebar();
  const isOpen = sidebarOpen ?? kind === "wide";
  const composer = useRef<ComposerHandle>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const chat = useChat();

  useEffect(() => {
    chat.connect();
    return chat.dispose;
  }, [chat]);

  function show() {
    setSidebarOpen(true);
    requestAnimationFrame(() => composer.current?.focus());
  }
  function hide() {
    setSidebarOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  }

  useHotkeys({ "]": () => (isOpen ? hide() : show()) });
  useEscape(() => {
    if (isOpen && kind === "rail") hide();
    else {
      const running = unfinishedTurns(chat.store.getState().messages)[0];
      if (running !== undefined) chat.stop(running);
    }
  });

  const panel = <ChatPanel kind={kind} onClose={hide} composer={composer} />;
  return (
    <>
      <AnswerAnnouncer />
      {kind === "phone" && (
        <Modal
          open={isOpen}
          onClose={hide}
          aria-label="Chat"
          className="fixed inset-0 m-0 h-dvh max-h-none w-screen max-w-none"
        >
          {panel}
        </Modal>
      )}
      {kind === "rail" && isOpen && (
        <aside
          aria-label="Chat"
          className="fixed inset-y-0 right-0 z-30 w-[360px] border-line border-l shadow-2xl shadow-scrim/30"
        >
          {panel}
        </aside>
      )}
      {kind === "wide" && isOpen && (
        <aside
          aria-label="Chat"
          className="relative h-dvh shrink-0 border-line border-l"
          style={{ width: sidebarWidth }}
        >
          <SidebarResizer />
          {panel}
        </aside>
      )}
      {!isOpen && <AskButton ref={opener} onClick={show} />}
    </>
  );
}

function AskButton({ ref, onClick }: { ref: React.Ref<HTMLButtonElement>; onClick: () => void }) {
  const isAnswering = useChatStore((state) => unfinishedTurns(state.messages).length > 0);
  return (
    <button
      ref={ref}
      type="button"
      data-slot="ask"
      onClick={onClick}
      className="fixed right-4 bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-20 flex h-11 items-center gap-2 rounded-full bg-accent px-4 font-semibold text-on-accent shadow-lg md:right-6 md:bottom-6"
    >
      <MessageCircle aria-hidden="true" className="size-[1.125rem]" />
      Ask
      {isAnswering && <span className="size-2 animate-pulse rounded-full bg-on-accent" aria-hidden="true" />}
      {isAnswering && <span className="sr-only">, an answer is being written</span>}
    </button>
  );
}

/** `Esc` when nothing else has taken it: menus, tooltips and dialogs come first. */
function useEscape(action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector("dialog[open], [popover]:popover-open")) return;
      latest.current();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
