import type { Figure } from "@chat/protocol/frames.gen";
import { memo, useMemo, useRef } from "react";
import { defaultRehypePlugins, parseMarkdownIntoBlocks, Streamdown } from "streamdown";
import { type BlockPlace, blockPlaces } from "./blockPlaces";
import { MarkedBlock, MarksContext } from "./FigureMarks";
import { MARKDOWN_PARTS } from "./markdownParts";

// Without the plugin for raw HTML, `<script>` stays text; without a maths plugin, `$` stays money.
const REHYPE = [defaultRehypePlugins.sanitize, defaultRehypePlugins.harden].filter(
  (plugin) => plugin !== undefined,
);
const NOT_SHOWN = ["img"];

/** An answer's markdown, its figures marked. Each block is parsed once it is whole; only the last one is parsed again
 * as it grows. The end of the answer changes nothing here: a switch to another mode would parse all of it once more. */
export default memo(function Markdown({ text, figures }: { text: string; figures: readonly Figure[] }) {
  const places = useRef<readonly BlockPlace[]>([]);
  const marks = useMemo(() => ({ figures, places }), [figures]);
  const parse = useMemo(
    () => (markdown: string) => {
      const blocks = parseMarkdownIntoBlocks(markdown);
      places.current = blockPlaces(text, blocks);
      return blocks;
    },
    [text],
  );
  return (
    <MarksContext value={marks}>
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
    </MarksContext>
  );
});
