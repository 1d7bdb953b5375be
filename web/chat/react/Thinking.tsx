import { thinkingWords } from "@chat/core/words";
import { useHost, useSay } from "./ChatProvider";

const DELAYS = ["[animation-delay:0ms]", "[animation-delay:150ms]", "[animation-delay:300ms]"];

/** Before the first word: what is being read. `asOf` null: the newest analysis there is. */
export function Thinking({ ticker, asOf }: { ticker: string | null; asOf: string | null }) {
  const company = useHost().useCompany(ticker);
  return (
    <p data-slot="thinking" className="flex items-center gap-2.5 text-muted text-sm">
      <span aria-hidden="true" className="flex gap-1">
        {DELAYS.map((delay) => (
          <span key={delay} className={`size-1.5 animate-pulse rounded-full bg-accent ${delay}`} />
        ))}
      </span>
      {thinkingWords(useSay(), ticker, asOf ?? company?.asOf ?? null)}
    </p>
  );
}
