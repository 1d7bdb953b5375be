import { shortDate } from "@shared/lib/format";
import type { LayoutKind } from "@shared/lib/useLayoutKind";
import { Button } from "@shared/ui/button";
import { Menu, MenuItem } from "@shared/ui/menu";
import { Ellipsis, MessagesSquare, PanelRightClose, SquarePen, Trash2, X } from "lucide-react";
import { modelWords } from "../core/words";
import { useChat, useChatStore, useDeletions, useHost } from "./ChatProvider";
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
  const model = useChatStore((state) => state.model);
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-line border-b pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold" data-slot="chat-context">
          {ticker === null ? "Chat" : asOf === null ? ticker : `${ticker} · ${shortDate(asOf)}`}
        </h2>
        <div className="-ml-1 flex min-w-0 items-center text-muted text-xs">
          <ConnectionBadge />
          {model && <span className="truncate">· {modelWords(model)}</span>}
        </div>
      </div>
      <ConversationMenu onGo={kind === "wide" || !onClose ? () => {} : onClose} />
      {onClose && (
        <Button
          title="Hide the chat"
          variant="ghost"
          size="icon"
          aria-label="Hide the chat"
          onClick={onClose}
        >
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
        title="New conversation"
        variant="ghost"
        size="icon"
        aria-label="New conversation"
        disabled={!hasMessages}
        onClick={startConversation}
      >
        <SquarePen aria-hidden="true" className="size-[1.125rem]" />
      </Button>
      <Menu
        trigger={(props) => (
          <Button {...props} variant="ghost" size="icon" aria-label="Conversation menu">
            <Ellipsis aria-hidden="true" className="size-[1.125rem]" />
          </Button>
        )}
      >
        <MenuItem disabled={!hasMessages} onClick={startConversation}>
          <SquarePen aria-hidden="true" /> New conversation
        </MenuItem>
        {goToConversations && (
          <MenuItem
            onClick={() => {
              onGo();
              goToConversations();
            }}
          >
            <MessagesSquare aria-hidden="true" /> Past conversations
          </MenuItem>
        )}
        <hr className="my-1 border-line" />
        <MenuItem disabled={!hasMessages} className="text-sell [&_svg]:text-sell" onClick={remove}>
          <Trash2 aria-hidden="true" /> Delete this conversation
        </MenuItem>
      </Menu>
    </>
  );
}
