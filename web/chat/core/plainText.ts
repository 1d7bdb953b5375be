/** An answer as plain text, to be pasted elsewhere: without the signs of markdown, tables with tabs, code as it is. */
export function plainText(markdown: string): string {
  let isCode = false;
  const lines: string[] = [];
  for (const line of markdown.split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      isCode = !isCode;
      continue;
    }
    if (isCode) lines.push(line);
    // The line between a table's head and its rows says nothing.
    else if (!/^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?\s*)?$/.test(line)) lines.push(plainLine(line));
  }
  return lines.join("\n");
}

function plainLine(line: string): string {
  const row = /^\s*\|(.*)\|\s*$/.exec(line)?.[1];
  if (row !== undefined) {
    return row
      .split(/(?<!\\)\|/)
      .map((cell) => inline(cell.trim()))
      .join("\t");
  }
  return inline(
    line
      .replace(/^(\s*)#{1,6}\s+/, "$1")
      .replace(/^(\s*)>\s?/, "$1")
      .replace(/^(\s*)[*+]\s+/, "$1- "),
  );
}

/** The signs within a line. Code keeps its own; `2 * 3 * 4` and `a_b_c` are no emphasis. */
function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      /^`[^`]+`$/.test(part)
        ? part.slice(1, -1)
        : part
            .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, "$1")
            .replace(/(\*{1,3})(?=\S)(.*?\S)\1/g, "$2")
            .replace(/(?<![\p{L}\p{N}])(_{1,3})(?=\S)(.*?\S)\1(?![\p{L}\p{N}])/gu, "$2")
            .replace(/~~(?=\S)(.*?\S)~~/g, "$1")
            .replace(/\\([\\`*_{}[\]()#+\-.!|~$])/g, "$1"),
    )
    .join("");
}
