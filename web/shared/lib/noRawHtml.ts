/** Stands in for rehype-raw, so that HTML inside an answer cannot become elements even by mistake. */
export default function noRawHtml(): never {
  throw new Error("raw HTML is never parsed here");
}
