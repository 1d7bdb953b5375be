/** A block of the markdown as the parser has it: where its text stands in the answer, and a way from there into it. */
export interface BlockPlace {
  start: number;
  end: number;
  /** A place of the answer as a place of the block. */
  within: (offset: number) => number;
}

/** Where each block stands in the text. The parser may have escaped characters (`20\~25`) and closed at the end what
 * was open (`**`); everything else is the text itself. */
export function blockPlaces(text: string, blocks: readonly string[]): BlockPlace[] {
  let from = 0;
  return blocks.map((block) => {
    const place = text.startsWith(block, from) ? plainPlace(from, block) : changedPlace(text, from, block);
    from = place.end;
    return place;
  });
}

function plainPlace(start: number, { length }: string): BlockPlace {
  return { start, end: start + length, within: (offset) => offset - start };
}

function changedPlace(text: string, start: number, block: string): BlockPlace {
  const places: number[] = [];
  let at = start;
  for (let inBlock = 0; inBlock < block.length && at < text.length; inBlock++) {
    if (block[inBlock] === text[at]) {
      places.push(inBlock);
      at += 1;
    } else if (block[inBlock] !== "\\") break;
  }
  return {
    start,
    end: at,
    // Behind the last one: what ends with the block.
    within: (offset) => places[offset - start] ?? (places.at(-1) ?? -1) + 1,
  };
}
