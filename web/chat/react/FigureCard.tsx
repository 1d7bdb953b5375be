import type { Figure, Source } from "@chat/protocol/frames.gen";
import { useLayoutKind } from "@shared/lib/useLayoutKind";
import { createContext, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { originWords, placeWords, verdictWords } from "../core/figureWords";
import { useHost, useSidebar } from "./ChatProvider";

const GAP = 6;
const WIDTH = 288;

/** Opens the card of a figure, below its place in the text. */
export const FigureOpener = createContext<(figure: Figure, anchor: HTMLElement) => void>(() => {});

/** The answer's text, and the card of the figure that was chosen in it: the platform's own popover, closed by `Esc` or
 * a click elsewhere, focus returned. */
export function WithFigureCard({ children }: { children: ReactNode }) {
  const [figure, setFigure] = useState<Figure | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLElement | null>(null);
  const cite = useHost().useCite();
  const { setSidebarOpen } = useSidebar();
  // On a phone the chat covers the page: it is shown when its place is chosen in the card.
  const isCovering = useLayoutKind() === "phone";

  const open = useCallback(
    (chosen: Figure, at: HTMLElement) => {
      anchor.current = at;
      setFigure(chosen);
      if (chosen.source && !isCovering) cite(chosen.source);
    },
    [cite, isCovering],
  );

  function show(source: Source) {
    cite(source);
    if (isCovering) setSidebarOpen(false);
  }

  useEffect(() => {
    const element = card.current;
    const box = anchor.current?.getBoundingClientRect();
    if (!figure || !element || !box) return;
    const room = document.documentElement.clientWidth - WIDTH - GAP;
    element.style.left = `${Math.max(GAP, Math.min(box.left, room))}px`;
    element.style.top = `${box.bottom + GAP}px`;
    element.showPopover();
    const over = element.getBoundingClientRect().bottom - document.documentElement.clientHeight;
    if (over > 0) element.style.top = `${Math.max(GAP, box.top - GAP - element.offsetHeight)}px`;
  }, [figure]);

  return (
    <FigureOpener value={open}>
      {children}
      <div
        ref={card}
        popover="auto"
        role="dialog"
        aria-label="Figure"
        data-slot="figure-card"
        onToggle={(event) => {
          if (event.newState === "open") return;
          setFigure(null);
          anchor.current?.focus();
        }}
        style={{ width: WIDTH }}
        className="fixed inset-auto m-0 rounded-lg border border-line bg-bg p-3 text-sm text-text shadow-scrim/20 shadow-xl dark:bg-raised"
      >
        {figure && <CardBody figure={figure} onCite={show} />}
      </div>
    </FigureOpener>
  );
}

function CardBody({ figure, onCite }: { figure: Figure; onCite: (source: Source) => void }) {
  const { source, formula, operands = [], says } = figure;
  return (
    <div className="flex flex-col gap-2">
      <p className={figure.state === "flagged" ? "text-hold" : "text-muted text-xs"}>
        {verdictWords(figure)}
      </p>
      {formula && (
        <p className="font-medium">
          {figure.text} = {formula}
        </p>
      )}
      {source && <SourceLine source={source} onCite={onCite} />}
      {operands.map((operand) => (
        <SourceLine
          key={`${operand.ticker} ${operand.as_of} ${operand.where}`}
          source={operand}
          onCite={onCite}
        />
      ))}
      {says && <SourceLine source={says} onCite={onCite} />}
    </div>
  );
}

/** "P/E · KO · 22 Aug: 27.36", which leads to its place on the page. */
function SourceLine({ source, onCite }: { source: Source; onCite: (source: Source) => void }) {
  const label = useHost().useFigureLabel(source);
  return (
    <button
      type="button"
      onClick={() => onCite(source)}
      className="-mx-1.5 flex items-baseline gap-2 rounded-md px-1.5 py-0.5 text-left hover:bg-raised dark:hover:bg-bubble"
    >
      <span className="min-w-0 flex-1 first-letter:uppercase">
        <span className="first-letter:uppercase">{placeWords(source, label)}</span>
        <span className="text-muted text-xs"> · {originWords(source)}</span>
      </span>
      <span className="font-semibold">{source.shown}</span>
    </button>
  );
}
