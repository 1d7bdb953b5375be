import { memo } from "react";
import { defaultRehypePlugins, Streamdown } from "streamdown";
import { MARKDOWN_PARTS } from "./markdownParts";

// Without the plugin for raw HTML, `<script>` stays text; without a maths plugin, `$` stays money.
const REHYPE = [defaultRehypePlugins.sanitize, defaultRehypePlugins.harden].filter(
  (plugin) => plugin !== undefined,
);
const NOT_SHOWN = ["img"];

/** An answer's markdown. Each block is parsed once it is whole; only the last one is parsed again as it grows.
 * The end of the answer changes nothing here: a switch to another mode would parse all of it once more. */
export default memo(function Markdown({ text }: { text: string }) {
  return (
    <Streamdown
      rehypePlugins={REHYPE}
      disallowedElements={NOT_SHOWN}
      components={MARKDOWN_PARTS}
      controls={false}
      className="flex flex-col gap-3"
    >
      {text}
    </Streamdown>
  );
});
