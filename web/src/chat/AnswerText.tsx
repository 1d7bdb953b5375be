import { lazy, Suspense } from "react";

const Markdown = lazy(() => import("./Markdown"));

/** The answer as it grows. Until the markdown code is here the text itself is set in the same measure, so that
 * nothing jumps when it arrives. */
export function AnswerText({ text, isStreaming }: { text: string; isStreaming: boolean }) {
  return (
    <div data-slot="answer-text" className="min-w-0 break-words text-answer">
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <Markdown text={text} isStreaming={isStreaming} />
      </Suspense>
    </div>
  );
}

/** Fetches the markdown code before the first answer needs it. */
export function preloadMarkdown(): void {
  void import("./Markdown");
}
