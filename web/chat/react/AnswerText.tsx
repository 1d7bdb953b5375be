import type { Figure } from "@chat/protocol/frames.gen";
import { lazyPart, loadChunk } from "@shared/lib/loadChunk";
import { ErrorBoundary } from "@shared/ui/ErrorBoundary";
import { Suspense } from "react";
import { useHost } from "./ChatProvider";

const load = () => import("./Markdown");
const Markdown = lazyPart(load);

/** The answer as it grows. Until the markdown code is here, or if it fails, the text itself is set in the same
 * measure, so that nothing jumps and nothing is lost. */
export function AnswerText({
  text,
  figures,
  isStreaming,
}: {
  text: string;
  figures: readonly Figure[];
  isStreaming: boolean;
}) {
  const nameOf = useHost().useCompanyName();
  const plain = (
    <p dir="auto" className="whitespace-pre-wrap">
      {text}
    </p>
  );
  return (
    <div data-slot="answer-text" className="min-w-0 break-words text-answer">
      <ErrorBoundary fallback={() => plain}>
        <Suspense fallback={plain}>
          <Markdown text={isStreaming ? steady(text) : text} figures={figures} nameOf={nameOf} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}

/** Fetches the markdown code before the first answer needs it. */
export function preloadMarkdown(): void {
  void loadChunk(load);
}

/** A line that has only begun with the mark of a list or a table is not shown yet: it would be text for one frame
 * and something else in the next. */
function steady(text: string): string {
  return text.replace(/\n[ \t]*(?:[-*+|#>]+|\d+\.?)[ \t]*$/, "");
}
