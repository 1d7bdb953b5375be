import type { Figure, Source } from "@chat/protocol/frames.gen";
import { cn } from "@shared/lib/cn";
import { useLayoutKind } from "@shared/lib/useLayoutKind";
import { createContext, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { formulaParts, originWords, placeWords, verdictWords } from "../core/figureWords";
import { useHost, useSidebar } from "./ChatProvider";
import { placeCard } from "./placeCard";
import { useFigureSay } from "./useFigureSay";

/** Opens the card of a figure, below its place in the text. */
export const FigureOpener = createContext<(figure: Figure, anchor: HTMLElement) => void>(() => {});

/** The answer's text, and the card of the figure that was chosen in it: the platform's own popover, closed by `Esc` or
 * a click elsewhere, focus returned. On a phone it is a sheet at the bottom. */
export function WithFigureCard({ children }: { children: ReactNode }) {
  const [figure, setFigure] = useState<Figure | null>(null);
  const say = useFigureSay();
  const card = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLElement | null>(null);
  const cite = useHost().useCite();
  const { setSidebarOpen } = useSidebar();
  // On a phone the chat covers the page: it is shown when its place is chosen in the card.
  const isPhone = useLayoutKind() === "phone";

  const open = useCallback(
    (chosen: Figure, at: HTMLElement) => {
      anchor.current = at;
      setFigure(chosen);
      if (chosen.source && !isPhone) cite(chosen.source);
    },
    [cite, isPhone],
  );

  function show(source: Source) {
    cite(source);
    if (isPhone) setSidebarOpen(false);
  }

  // Not a prop: React 18 hears no `toggle` of a popover.
  useEffect(() => {
    const element = card.current;
    function onToggle(event: Event) {
      if ((event as ToggleEvent).newState === "open" || !element) return;
      setFigure(null);
      // Not from where the reader has gone by a click elsewhere.
      const at = activeElement(element);
      if (at === null || at === document.body || element.contains(at)) {
        anchor.current?.focus({ preventScroll: true });
      }
    }
    element?.addEventListener("toggle", onToggle);
    return () => element?.removeEventListener("toggle", onToggle);
  }, []);

  useEffect(() => {
    const element = card.current;
    const at = anchor.current;
    if (!figure || !element || !at) return;
    element.showPopover();
    const place = () => placeCard(element, at, isPhone);
    place();
    // Who came by the keyboard goes on from here; `Esc` leads back.
    element.focus({ preventScroll: true });
    window.addEventListener("resize", place);
    window.addEventListener("scroll", place, true);
    return () => {
      window.removeEventListener("resize", place);
      window.removeEventListener("scroll", place, true);
    };
  }, [figure, isPhone]);

  return (
    <FigureOpener.Provider value={open}>
      {children}
      <div
        ref={card}
        popover="auto"
        role="dialog"
        tabIndex={-1}
        aria-label={figure ? say("about", { figure: figure.text }) : say("aboutFigure")}
        data-slot="figure-card"
        className={cn(
          "fixed inset-auto m-0 overflow-y-auto border border-line bg-bg text-sm text-text shadow-scrim/20 shadow-xl outline-none dark:bg-raised",
          isPhone
            ? "top-auto right-0 bottom-0 left-0 max-h-[60dvh] w-full max-w-none rounded-t-2xl p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
            : "w-72 max-w-[calc(100vw-12px)] rounded-lg p-3",
        )}
      >
        {figure && <CardBody figure={figure} onCite={show} />}
      </div>
    </FigureOpener.Provider>
  );
}

/** What has the focus; inside of a shadow root too, where the document knows only its host. */
function activeElement(near: Element): Element | null {
  const root = near.getRootNode();
  return root instanceof ShadowRoot && document.activeElement === root.host
    ? root.activeElement
    : document.activeElement;
}

function CardBody({ figure, onCite }: { figure: Figure; onCite: (source: Source) => void }) {
  const { source, formula, operands = [], says } = figure;
  return (
    <div className="flex flex-col gap-2">
      <Verdict figure={figure} />
      {formula && <Formula text={figure.text} formula={formula} operands={operands} onCite={onCite} />}
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

function Verdict({ figure }: { figure: Figure }) {
  const say = useFigureSay();
  const { useFigureLabel } = useHost();
  const label = useFigureLabel(figure.says ?? figure.source ?? NOWHERE);
  return (
    <p className={figure.state === "flagged" ? "text-hold" : "text-muted text-xs"}>
      {verdictWords(say, figure, figure.says ? label : null)}
    </p>
  );
}

const NOWHERE: Source = { ticker: "", analysis_id: null, revision: 0, as_of: null, where: "", shown: "" };

/** "1.14 pp = 3.48 % − 2.34 %", each operand leading to its place. */
function Formula({
  text,
  formula,
  operands,
  onCite,
}: {
  text: string;
  formula: string;
  operands: readonly Source[];
  onCite: (source: Source) => void;
}) {
  const say = useFigureSay();
  let length = 0;
  return (
    <p className="break-words font-medium">
      {text} ={" "}
      {formulaParts(formula, operands).map((part) => {
        length += part.text.length;
        const { operand } = part;
        if (operand === null) return part.text;
        return (
          <button
            key={length}
            type="button"
            title={`${placeWords(say, operand, null)} · ${originWords(say, operand)}`}
            onClick={() => onCite(operand)}
            className="rounded-xs underline decoration-1 decoration-dotted decoration-muted underline-offset-3 hover:decoration-solid"
          >
            {part.text}
          </button>
        );
      })}
    </p>
  );
}

/** "P/E · KO · 22 Aug: 27.36", which leads to its place on the page. */
function SourceLine({ source, onCite }: { source: Source; onCite: (source: Source) => void }) {
  const label = useHost().useFigureLabel(source);
  const say = useFigureSay();
  return (
    <button
      type="button"
      onClick={() => onCite(source)}
      className="-mx-1.5 flex items-baseline gap-2 rounded-md px-1.5 py-1 text-left hover:bg-raised max-md:min-h-11 max-md:items-center dark:hover:bg-bubble"
    >
      <span className="min-w-0 flex-1">
        <span className="inline-block first-letter:uppercase">{placeWords(say, source, label)}</span>
        <span className="text-muted text-xs"> · {originWords(say, source)}</span>
      </span>
      <span className="font-semibold">{source.shown}</span>
    </button>
  );
}
