import { MessageScroller } from "@shadcn/react/message-scroller";
import { Button } from "@shared/ui/button";
import { Skeleton } from "@shared/ui/skeleton";
import { ArrowDown } from "lucide-react";
import { memo, type UIEvent, useRef, useState } from "react";
import { shallow } from "zustand/shallow";
import { grouped, type LogItem, logItems } from "../core/conversation";
import { AnswerItem } from "./AnswerItem";
import { useChatStore, useHost, useSay } from "./ChatProvider";
import { QuestionItem } from "./QuestionItem";
import { Thinking } from "./Thinking";
import { useOutline } from "./useOutline";

/** Of what came before one's question, so much stays in sight above it. */
const PEEK = 12;

/** The conversation. One's own question comes to the top and stays there while the answer grows below it. Who goes
 * to the end is kept there, until they scroll up or ask again; the way back is offered. */
export function MessageList({ viewed }: { viewed: string | null }) {
  const messages = useOutline();
  const say = useSay();
  const groups = grouped(logItems(messages, viewed));
  const { lastAsked, isFollowing, follow, onRead, onScroll } = useFollowing();
  return (
    <MessageScroller.Provider
      autoScroll={isFollowing}
      defaultScrollPosition="last-anchor"
      scrollPreviousItemPeek={PEEK}
    >
      <MessageScroller.Root className="relative flex min-h-0 flex-1 flex-col">
        <MessageScroller.Viewport
          aria-label={say("conversation")}
          preserveScrollOnPrepend
          onWheel={onRead}
          onTouchMove={onRead}
          onKeyDown={onRead}
          onScroll={onScroll}
          className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px]"
        >
          {/* Announced whole when finished, by the panel; not piece by piece from here. */}
          <MessageScroller.Content aria-live="off" className="flex flex-col gap-5 px-4 py-5">
            <Earlier />
            {groups.map((items) => (
              <Group key={items[0]?.id} items={items} isAnchor={isAbout(items, lastAsked)} />
            ))}
          </MessageScroller.Content>
        </MessageScroller.Viewport>
        <MessageScroller.Button
          direction="end"
          onClick={follow}
          className="absolute bottom-3 left-1/2 inline-flex h-8 -translate-x-1/2 items-center max-md:h-11 gap-1.5 rounded-full border border-line bg-bg px-3 font-medium text-xs shadow-lg data-[active=false]:pointer-events-none data-[active=false]:opacity-0 dark:bg-raised"
        >
          <ArrowDown aria-hidden="true" className="size-3.5" />
          {say("latest")}
        </MessageScroller.Button>
      </MessageScroller.Root>
    </MessageScroller.Provider>
  );
}

const NEAR_END_PX = 8;

/** Whether the log goes along with what is written: not after one's own question, until the reader goes to the
 * end, by the button or by scrolling there. */
function useFollowing() {
  const lastAsked = useChatStore((state) => state.lastAsked);
  const [leftAt, setLeftAt] = useState<string | null>(null);
  // Scrolling that the log does by itself is not the reader's.
  const readAt = useRef<string | null>(null);

  const follow = () => setLeftAt(lastAsked);
  return {
    lastAsked,
    isFollowing: leftAt === lastAsked,
    follow,
    onRead: () => {
      readAt.current = lastAsked;
    },
    onScroll: ({ currentTarget: log }: UIEvent<HTMLDivElement>) => {
      const left = log.scrollHeight - log.clientHeight - log.scrollTop;
      if (readAt.current === lastAsked && left < NEAR_END_PX) follow();
    },
  };
}

function isAbout(items: readonly LogItem[], turnId: string | null): boolean {
  return items.some((item) => item.kind === "question" && item.question.turnId === turnId);
}

/** Made anew only when what it shows has changed: the items are other objects each time. */
const Group = memo(
  function Group({ items, isAnchor }: { items: LogItem[]; isAnchor: boolean }) {
    return (
      <MessageScroller.Item
        messageId={items[0]?.id ?? ""}
        scrollAnchor={isAnchor}
        className="flex flex-col gap-5 [contain-intrinsic-size:auto_12rem] [content-visibility:auto]"
      >
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </MessageScroller.Item>
    );
  },
  (before, after) =>
    before.isAnchor === after.isAnchor &&
    before.items.length === after.items.length &&
    after.items.every((item, at) => shallow(before.items[at], item)),
);

function Item({ item }: { item: LogItem }) {
  switch (item.kind) {
    case "divider":
      return <Divider ticker={item.ticker} asOf={item.asOf} />;
    case "question":
      return <QuestionItem question={item.question} position={item.position} />;
    case "answer":
      return (
        <AnswerItem
          answer={item.answer}
          question={item.question?.content ?? null}
          askedTicker={item.question?.contextTicker ?? null}
        />
      );
    case "waiting":
      return <Thinking ticker={item.ticker} asOf={null} />;
  }
}

function Divider({ ticker, asOf }: { ticker: string; asOf: string | null }) {
  const say = useSay();
  const company = useHost().useCompany(ticker);
  const date = asOf ?? company?.asOf;
  return (
    <p data-slot="divider" className="flex items-center gap-3 text-muted text-xs">
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      {say("nowViewing", { name: company?.name ?? ticker })}
      {date && ` · ${say.date(date)}`}
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </p>
  );
}

function Earlier() {
  const say = useSay();
  const hasMore = useChatStore((state) => state.hasMore);
  const loadEarlier = useChatStore((state) => state.loadEarlier);
  const [phase, setPhase] = useState<"idle" | "loading" | "failed">("idle");
  if (!hasMore) return null;

  async function load() {
    setPhase("loading");
    try {
      await loadEarlier();
      setPhase("idle");
    } catch (error) {
      reportError(error);
      setPhase("failed");
    }
  }

  if (phase === "loading") return <Skeleton className="h-7" />;
  return (
    <Button variant="ghost" size="sm" className="self-center" onClick={() => void load()}>
      {say(phase === "failed" ? "earlierFailed" : "earlier")}
    </Button>
  );
}
