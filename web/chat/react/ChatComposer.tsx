import { LIMITS } from "@chat/protocol/protocol.gen";
import { cn } from "@shared/lib/cn";
import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { lastQuestion, unfinishedTurns } from "../core/conversation";
import { useChat, useChatStore, useDraft, useSay } from "./ChatProvider";

const TALLEST = 200;

export interface ComposerHandle {
  focus: () => void;
}

/** Where a question is written. `Enter` sends, `Shift+Enter` breaks the line, `↑` in an empty box recalls. */
export function ChatComposer({ ticker, handle }: { ticker: string | null; handle: Ref<ComposerHandle> }) {
  const chat = useChat();
  const say = useSay();
  const { draft, setDraft } = useDraft();
  const box = useRef<HTMLTextAreaElement>(null);
  const limit = useChatStore((state) => state.limits?.content_chars ?? LIMITS.contentChars);
  const sendMessage = useChatStore((state) => state.sendMessage);
  const stop = useChatStore((state) => state.stop);
  const running = useChatStore((state) => unfinishedTurns(state.messages)[0]);
  const length = [...draft].length;
  const isTooLong = length > limit;

  useImperativeHandle(handle, () => ({ focus: () => box.current?.focus() }), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is measured anew for each draft.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(TALLEST, element.scrollHeight)}px`;
  }, [draft]);

  function send() {
    if (draft.trim() === "" || isTooLong) return;
    sendMessage(draft);
    setDraft("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && draft === "") {
      const recalled = lastQuestion(chat.store.getState().messages);
      if (recalled === null) return;
      event.preventDefault();
      setDraft(recalled);
    }
  }

  return (
    <form
      data-slot="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="px-4 pt-2 pb-4"
    >
      <div className="flex items-end gap-1.5 rounded-2xl border border-border bg-bg p-1.5 pl-3.5 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent dark:bg-surface">
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          aria-label={say("yourQuestion")}
          aria-invalid={isTooLong}
          placeholder={ticker ? say("askAbout", { name: ticker }) : say("askQuestion")}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
          className="max-h-[200px] min-h-8 w-full max-md:min-h-11 max-md:py-3 resize-none bg-transparent py-1.5 text-base leading-5 outline-none placeholder:text-muted md:text-sm"
        />
        {running !== undefined && (
          <button
            title={say("stopKey")}
            type="button"
            aria-label={say("stop")}
            onClick={() => stop(running)}
            className="grid size-8 shrink-0 max-md:size-11 place-items-center rounded-xl border border-border bg-bg hover:bg-raised"
          >
            <Square aria-hidden="true" className="size-3 fill-current" />
          </button>
        )}
        {(running === undefined || draft !== "") && (
          <button
            title={say("sendKey")}
            type="submit"
            aria-label={say("send")}
            disabled={draft.trim() === "" || isTooLong}
            className="grid size-8 shrink-0 max-md:size-11 place-items-center rounded-xl bg-accent text-on-accent disabled:bg-raised disabled:text-muted"
          >
            <ArrowUp aria-hidden="true" className="size-4" strokeWidth={2.5} />
          </button>
        )}
      </div>
      {length > limit * 0.9 && (
        <p className={cn("mt-1 text-right text-2xs", isTooLong ? "text-sell" : "text-muted")}>
          {say("tooLong", { length, limit })}
        </p>
      )}
    </form>
  );
}
