import type { LayoutKind } from "@shared/lib/useLayoutKind";
import { Button } from "@shared/ui/button";
import { Menu, MenuItem } from "@shared/ui/menu";
import { Ellipsis, MessagesSquare, PanelRightClose, SquarePen, Trash2, X } from "lucide-react";
import { modelWords } from "../core/words";
import { useChat, useChatStore, useDeletions, useHost, useSay } from "./ChatProvider";
import { ConnectionBadge } from "./ConnectionBadge";

interface Props {
  ticker: string | null;
  asOf: string | null;
  kind: LayoutKind;
  /** Null where the chat cannot be hidden. */
  onClose: (() => void) | null;
}

/** What the chat is about, how it is connected, who answers, and what one can do with the conversation. */
export function ChatHeader({ ticker, asOf, kind, onClose }: Props) {
  const say = useSay();
  const model = useChatStore((state) => state.model);
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold" data-slot="chat-context">
          {ticker === null ? say("chat") : asOf === null ? ticker : `${ticker} · ${say.date(asOf)}`}
        </h2>
        <div className="-ml-1 flex min-w-0 items-center text-muted text-xs">
          <ConnectionBadge />
          {model && <span className="truncate">· {modelWords(say, model)}</span>}
        </div>
      </div>
      <ConversationMenu onGo={kind === "wide" || !onClose ? () => {} : onClose} />
      {onClose && (
        <Button title={say("hide")} variant="ghost" size="icon" aria-label={say("hide")} onClick={onClose}>
          {kind === "phone" ? (
            <X aria-hidden="true" className="size-[1.125rem]" />
          ) : (
            <PanelRightClose aria-hidden="true" className="size-[1.125rem]" />
          )}
        </Button>
      )}
    </header>
  );
}

function ConversationMenu({ onGo }: { onGo: () => void }) {
  const chat = useChat();
  const say = useSay();
  const goToConversations = useHost().useGoToConversations();
  const startConversation = useChatStore((state) => state.startConversation);
  const hasMessages = useChatStore((state) => state.messages.length > 0);
  const deleteLater = useDeletions((state) => state.remove);

  function remove() {
    deleteLater(chat.store.getState().sessionId, true);
    startConversation();
  }

  return (
    <>
      <Button
        title={say("newConversation")}
        variant="ghost"
        size="icon"
        aria-label={say("newConversation")}
        disabled={!hasMessages}
        onClick={startConversation}
      >
        <SquarePen aria-hidden="true" className="size-[1.125rem]" />
      </Button>
      <Menu
        trigger={(props) => (
          <Button {...props} variant="ghost" size="icon" aria-label={say("conversationMenu")}>
            <Ellipsis aria-hidden="true" className="size-[1.125rem]" />
          </Button>
        )}
      >
        <MenuItem disabled={!hasMessages} onClick={startConversation}>
          <SquarePen aria-hidden="true" /> {say("newConversation")}
        </MenuItem>
        {goToConversations && (
          <MenuItem
            onClick={() => {
              onGo();
              goToConversations();
            }}
          >
            <MessagesSquare aria-hidden="true" /> {say("pastConversations")}
          </MenuItem>
        )}
        <hr className="my-1 border-line" />
        <MenuItem disabled={!hasMessages} className="text-sell [&_svg]:text-sell" onClick={remove}>
          <Trash2 aria-hidden="true" /> {say("deleteConversation")}
        </MenuItem>
      </Menu>
    </>
  );
}
