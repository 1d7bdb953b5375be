/** The element that a page scrolls in. */
export const PAGE_ID = "page";
