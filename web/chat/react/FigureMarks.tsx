import type { Figure } from "@chat/protocol/frames.gen";
import { cn } from "@shared/lib/cn";
import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useMemo,
} from "react";
import { Block, type BlockProps } from "streamdown";
import { figureLabel } from "../core/figureWords";
import type { BlockPlace } from "./blockPlaces";
import { FigureOpener } from "./FigureCard";
import { type BlockFigure, markFigures } from "./markFigures";
import { useFigureSay } from "./useFigureSay";

interface Answer {
  /** What is told of the answer so far. Refs: a mark in a block that stands is not drawn again for each new figure. */
  figures: RefObject<readonly Figure[]>;
  /** Where each block of the markdown stands in the answer. */
  places: RefObject<readonly BlockPlace[]>;
  nameOf: (ticker: string) => string | null;
}

export const AnswerContext = createContext<Answer>({
  figures: { current: [] },
  places: { current: [] },
  nameOf: () => null,
});

/** The figures, for the blocks: each looks whether one of its own is new. */
export const FiguresContext = createContext<readonly Figure[]>([]);

type Pluggable = NonNullable<BlockProps["rehypePlugins"]>[number];

/** A block of an answer, with its figures marked. It is parsed again only when its own text or figures change. */
export function MarkedBlock(props: BlockProps) {
  const figures = useContext(FiguresContext);
  const place = useContext(AnswerContext).places.current[props.index];
  // As text, so that a figure of another block makes nothing new here.
  const inside = JSON.stringify(place ? figuresIn(place, figures) : []);
  const plugins = useMemo(() => {
    if (inside === "[]") return props.rehypePlugins;
    const marks: Pluggable = [markFigures, JSON.parse(inside)];
    return [...(props.rehypePlugins ?? []), marks];
  }, [inside, props.rehypePlugins]);
  return <Block {...props} {...(plugins && { rehypePlugins: plugins })} />;
}

function figuresIn({ start, end, within }: BlockPlace, figures: readonly Figure[]): BlockFigure[] {
  return figures.flatMap(({ start: from, end: to, text, state }, id) =>
    from >= start && to <= end ? [{ id, start: within(from), end: within(to - 1) + 1, text, state }] : [],
  );
}

const LOOK = {
  verified:
    "underline decoration-1 decoration-dotted decoration-muted underline-offset-3 hover:decoration-solid",
  flagged: "underline decoration-hold decoration-wavy decoration-1 underline-offset-3",
  unsure: "hover:underline hover:decoration-dotted hover:decoration-1 hover:underline-offset-3",
} as const;

interface MarkProps {
  children?: ReactNode | undefined;
  "data-figure"?: unknown;
  node?: unknown;
}

/** One figure of the text: says how it was checked, and opens its card. A span, not a `<button>`: that is a box of its
 * own, before and after which a line may break ("(" at one line's end, "22 Aug" on the next). */
export function FigureMark({ children, "data-figure": id }: MarkProps) {
  const { figures, nameOf } = useContext(AnswerContext);
  const open = useContext(FigureOpener);
  const say = useFigureSay();
  const figure = figures.current[Number(id)];
  if (id === undefined || !figure) return <>{children}</>;

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (!figure || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    open(figure, event.currentTarget);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: see above.
    <span
      role="button"
      tabIndex={0}
      aria-haspopup="dialog"
      data-slot="figure"
      data-state={figure.state}
      aria-label={figureLabel(say, figure, nameOf)}
      onClick={(event) => {
        // Who selects text to copy it does not ask for the card.
        if (document.getSelection()?.isCollapsed !== false) open(figure, event.currentTarget);
      }}
      onKeyDown={onKeyDown}
      className={cn("cursor-pointer rounded-xs", LOOK[figure.state])}
    >
      {children}
    </span>
  );
}
