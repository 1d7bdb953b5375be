const GAP = 6;

/** Puts the card below its anchor, or above where there is no room; always inside the window. On a phone it is a sheet
 * that the style sheet places. */
export function placeCard(card: HTMLElement, anchor: HTMLElement, isSheet: boolean): void {
  card.style.removeProperty("left");
  card.style.removeProperty("top");
  card.style.removeProperty("max-height");
  if (isSheet) return;
  // A figure may stand on two lines: the card hangs at the first of them.
  const box = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = clientHeight - box.bottom - 2 * GAP;
  const above = box.top - 2 * GAP;
  const isBelow = card.offsetHeight <= below || below >= above;
  const height = Math.min(card.offsetHeight, isBelow ? below : above, clientHeight - 2 * GAP);
  const top = isBelow ? box.bottom + GAP : box.top - GAP - height;
  card.style.maxHeight = `${Math.max(MIN_HEIGHT, height)}px`;
  card.style.left = `${within(box.left, clientWidth - card.offsetWidth)}px`;
  // Where the figure has been scrolled out of sight the card stays at the edge.
  card.style.top = `${within(top, clientHeight - card.offsetHeight)}px`;
}

/** At least so much of a card is shown. */
const MIN_HEIGHT = 96;

function within(place: number, room: number): number {
  return Math.max(GAP, Math.min(place, room - GAP));
}
