import type { AnalysisDetail } from "@/api/types";
import { Panel } from "@/components/Panel";
import { named } from "@/lib/suggest";
import { useAsk } from "@/lib/useAsk";

/** What scored nothing, and why. Missing is not zero. */
export function NotCounted({ analysis }: { analysis: AnalysisDetail }) {
  const ask = useAsk();
  const items = analysis.rationale.filter((item) => item.counted === false);
  if (items.length === 0) return null;
  return (
    <Panel title="Not counted, and why">
      <ul className="flex flex-col">
        {items.map((item) => (
          <li key={item.key} className="border-line not-first:border-t">
            <button
              type="button"
              onClick={() => ask(`Why is ${named(item)} not counted?`)}
              className="-mx-2 grid w-[calc(100%+1rem)] gap-x-4 rounded-md px-2 py-2 text-left hover:bg-surface md:grid-cols-[13rem_1fr]"
            >
              <span>{item.label}</span>
              <span className="text-muted">{item.sentence}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
