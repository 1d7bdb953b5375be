import type { Plugin } from "vite";
import { buildStyles } from "./styles.ts";

const NAME = "virtual:tickertalk-styles";

/** `import css from "virtual:tickertalk-styles"`: the style sheet as text; `emit` puts it beside the scripts too. */
export function chatStyles({ emit = false } = {}): Plugin {
  return {
    name: "chat-styles",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: async (id) => (id === `\0${NAME}` ? `export default ${JSON.stringify(await buildStyles())}` : null),
    async generateBundle() {
      if (emit) this.emitFile({ type: "asset", fileName: "styles.css", source: await buildStyles() });
    },
  };
}
