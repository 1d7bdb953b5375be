import type { Figure } from "@chat/protocol/frames.gen";
import { cn } from "@shared/lib/cn";
import { createContext, type ReactNode, type RefObject, use, useMemo } from "react";
import { Block, type BlockProps } from "streamdown";
import { figureLabel } from "../core/figureWords";
import type { BlockPlace } from "./blockPlaces";
import { FigureOpener } from "./FigureCard";
import { type BlockFigure, markFigures } from "./markFigures";

interface Marks {
  figures: readonly Figure[];
  /** Where each block of the markdown stands in the answer. */
  places: RefObject<readonly BlockPlace[]>;
}

export const MarksContext = createContext<Marks>({ figures: [], places: { current: [] } });

type Pluggable = NonNullable<BlockProps["rehypePlugins"]>[number];

/** A block of an answer, with its figures marked. It is parsed again only when its own text or figures change. */
export function MarkedBlock(props: BlockProps) {
  const { figures, places } = use(MarksContext);
  const place = places.current[props.index];
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
  return figures.flatMap((figure, id) =>
    figure.start >= start && figure.end <= end
      ? { id, start: within(figure.start), end: within(figure.end - 1) + 1, text: figure.text }
      : [],
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

/** One figure of the text: says how it was checked, and opens its card. */
export function FigureMark({ children, "data-figure": id }: MarkProps) {
  const { figures } = use(MarksContext);
  const open = use(FigureOpener);
  const figure = figures[Number(id)];
  if (id === undefined || !figure) return <>{children}</>;
  return (
    <button
      type="button"
      data-slot="figure"
      data-state={figure.state}
      aria-label={figureLabel(figure)}
      onClick={(event) => open(figure, event.currentTarget)}
      className={cn("inline cursor-pointer select-text rounded-xs", LOOK[figure.state])}
    >
      {children}
    </button>
  );
}
