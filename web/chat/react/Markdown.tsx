import type { Figure } from "@chat/protocol/frames.gen";
import { memo, useMemo, useRef } from "react";
import { defaultRehypePlugins, parseMarkdownIntoBlocks, Streamdown } from "streamdown";
import { type BlockPlace, blockPlaces } from "./blockPlaces";
import { WithFigureCard } from "./FigureCard";
import { AnswerContext, FiguresContext, MarkedBlock } from "./FigureMarks";
import { MARKDOWN_PARTS } from "./markdownParts";

// Without the plugin for raw HTML, `<script>` stays text; without a maths plugin, `$` stays money.
const REHYPE = [defaultRehypePlugins.sanitize, defaultRehypePlugins.harden].filter(
  (plugin) => plugin !== undefined,
);
const NOT_SHOWN = ["img"];
const unnamed = () => null;

/** An answer's markdown, its figures marked, and the card of the one that is chosen. Each block is parsed once it is whole; only the last one is parsed again
 * as it grows. The end of the answer changes nothing here: a switch to another mode would parse all of it once more. */
export default memo(function Markdown({
  text,
  figures,
  nameOf = unnamed,
}: {
  text: string;
  figures: readonly Figure[];
  nameOf?: (ticker: string) => string | null;
}) {
  const places = useRef<readonly BlockPlace[]>([]);
  const latest = useRef(figures);
  latest.current = figures;
  const answer = useMemo(() => ({ figures: latest, places, nameOf }), [nameOf]);
  const parse = useMemo(
    () => (markdown: string) => {
      const blocks = parseMarkdownIntoBlocks(markdown);
      places.current = blockPlaces(text, blocks);
      return blocks;
    },
    [text],
  );
  return (
    <AnswerContext.Provider value={answer}>
      <FiguresContext.Provider value={figures}>
        <WithFigureCard>
          <Streamdown
            rehypePlugins={REHYPE}
            disallowedElements={NOT_SHOWN}
            components={MARKDOWN_PARTS}
            parseMarkdownIntoBlocksFn={parse}
            BlockComponent={MarkedBlock}
            controls={false}
            className="flex flex-col gap-3"
          >
            {text}
          </Streamdown>
        </WithFigureCard>
      </FiguresContext.Provider>
    </AnswerContext.Provider>
  );
});
