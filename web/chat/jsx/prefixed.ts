/** The same as in `scripts/package/styles.ts`, which prefixes the rules. */
const PREFIX = "tt-";
const known = new Map<string, string>();

/** Every class of a list, prefixed once. */
export function prefixed(classes: string): string {
  const done = known.get(classes);
  if (done !== undefined) return done;
  const list = classes
    .split(/\s+/)
    .filter(Boolean)
    .map((name) => (name.startsWith(PREFIX) ? name : PREFIX + name))
    .join(" ");
  known.set(classes, list);
  return list;
}

/** A list without prefixes, for what decides between classes by their names. */
export function bare(classes: string): string {
  return classes.replace(/(^|\s)tt-/g, "$1");
}

interface Props {
  className?: unknown;
  "data-slot"?: unknown;
  part?: unknown;
}

/** The props of an element or a component as they are in somebody else's page: classes that only our rules know, and
 * each slot a part that the page can dress. */
export function guestProps<Given extends Props>(type: unknown, props: Given): Given {
  const hasClass = typeof props.className === "string";
  const slot = typeof type === "string" && props.part === undefined ? props["data-slot"] : undefined;
  if (!hasClass && slot === undefined) return props;
  return {
    ...props,
    ...(hasClass && { className: prefixed(props.className as string) }),
    ...(slot !== undefined && { part: slot }),
  };
}
