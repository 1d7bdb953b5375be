/** The part of a markdown tree (hast) that is looked at here. Positions count in the block's source. */
interface Node {
  type: string;
  value?: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
  position?: { start: { offset?: number }; end: { offset?: number } } | undefined;
}

/** A figure in a block: `start` and `end` count in the block's source, `id` says which it is, `state` how it was checked. */
export interface BlockFigure {
  id: number;
  start: number;
  end: number;
  text: string;
  state: string;
}

interface Span {
  start: number;
  end: number;
}

/** Lays a `<mark data-figure>` over each figure of a block. A place that does not show the figure's very characters is
 * left alone: a missing mark is better than one on another figure. */
export function markFigures(figures: readonly BlockFigure[]) {
  return (tree: Node, file: { value?: unknown; toString: () => string }): void => {
    markIn(tree, null, figures, String(file));
  };
}

function markIn(node: Node, parent: Span | null, figures: readonly BlockFigure[], source: string): void {
  const own = spanOf(node) ?? parent;
  if (!node.children) return;
  node.children = node.children.flatMap((child) => {
    if (child.type !== "text") {
      markIn(child, own, figures, source);
      return child;
    }
    // The text of inline code has no position of its own.
    const span = spanOf(child) ?? own;
    return span ? pieces(child, span, figures, source) : child;
  });
}

function pieces(text: Node, span: Span, figures: readonly BlockFigure[], source: string): Node[] {
  const value = text.value ?? "";
  const parts: Node[] = [];
  let done = 0;
  for (const { id, start, end, text: shown, state } of figures) {
    if (start < span.start || end > span.end || source.slice(start, end) !== shown) continue;
    // What is escaped in the source is shorter here, so places are counted, not computed.
    const at = nthPlace(value, shown, countOf(source.slice(span.start, start), shown));
    if (at < done) continue;
    if (at > done) parts.push({ type: "text", value: value.slice(done, at) });
    done = at + shown.length;
    parts.push({
      type: "element",
      tagName: "mark",
      // The state is there so that a change of it draws the mark again.
      properties: { dataFigure: String(id), dataState: state },
      children: [{ type: "text", value: shown }],
    });
  }
  if (parts.length === 0) return [text];
  if (done < value.length) parts.push({ type: "text", value: value.slice(done) });
  return parts;
}

function spanOf({ position }: Node): Span | null {
  const { start, end } = position ?? {};
  return start?.offset === undefined || end?.offset === undefined
    ? null
    : { start: start.offset, end: end.offset };
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Where `part` stands for the n-th time (from 0), counted without overlaps; -1 where it does not. */
function nthPlace(text: string, part: string, n: number): number {
  let at = -part.length;
  for (let found = 0; found <= n; found++) {
    at = text.indexOf(part, at + part.length);
    if (at === -1) return -1;
  }
  return at;
}
