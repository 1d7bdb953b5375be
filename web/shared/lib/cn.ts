import { type ClassValue, clsx } from "clsx";

/** Classes as one list. Of two that say the same thing the later counts, so that a part can be dressed from outside.
 * Only what is said here is decided; tailwind-merge, which knows every class there is, weighs as much as half the chat. */
export function cn(...inputs: ClassValue[]): string {
  const kept = new Map<string, string>();
  for (const name of clsx(inputs).split(/\s+/)) {
    if (name === "") continue;
    const { variants, subject } = partsOf(name);
    for (const each of [subject, ...(COVERS[subject] ?? [])]) kept.delete(variants + each);
    kept.set(variants + subject, name);
  }
  return [...kept.values()].join(" ");
}

/** A class that says something for several sides undoes what was said for one. */
const COVERS: Readonly<Record<string, readonly string[]>> = {
  p: ["px", "py", "pt", "pr", "pb", "pl"],
  px: ["pr", "pl"],
  py: ["pt", "pb"],
  m: ["mx", "my", "mt", "mr", "mb", "ml"],
  mx: ["mr", "ml"],
  my: ["mt", "mb"],
  inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
  "inset-x": ["right", "left"],
  "inset-y": ["top", "bottom"],
  size: ["w", "h"],
  overflow: ["overflow-x", "overflow-y"],
  gap: ["gap-x", "gap-y"],
  "font size": ["leading"],
  "border width": ["border-t width", "border-r width", "border-b width", "border-l width"],
  "line-clamp": ["display", "overflow"],
  flex: ["basis", "grow", "shrink"],
  rounded: ["rounded-t", "rounded-b", "rounded-tl", "rounded-tr", "rounded-bl", "rounded-br"],
  "rounded-t": ["rounded-tl", "rounded-tr"],
  "rounded-b": ["rounded-bl", "rounded-br"],
};

const SUBJECTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^text-(2xs|xs|sm|base|lg|xl|\dxl|answer|score|\[(?:length|[\d.]).*)$/, "font size"],
  [/^text-(balance|pretty|wrap|nowrap)$/, "text wrap"],
  [/^list-/, "list"],
  [/^flex-(row|col)$/, "flex direction"],
  [/^text-(left|center|right|start|end)$/, "text align"],
  [/^text-/, "text colour"],
  [/^font-(thin|light|normal|medium|semibold|bold)$/, "font weight"],
  [/^font-/, "font family"],
  [/^(block|inline|flex|grid|hidden|contents|table|table-cell|inline-(block|flex|grid))$/, "display"],
  [/^(static|fixed|absolute|relative|sticky)$/, "position"],
  [/^bg-/, "background"],
  [/^(border(-[trblxy])?)(-(\d+|\[.*))?$/, "$1 width"],
  [/^border-(solid|dashed|dotted|none)$/, "border style"],
  [/^border-(collapse|separate)$/, "border model"],
  [/^border-spacing-/, "border spacing"],
  [/^border-/, "border colour"],
  [/^shadow(-(2xs|xs|sm|md|lg|xl|2xl|none))?$/, "shadow"],
  [/^shadow-/, "shadow colour"],
  [/^(rounded(?:-[trbl]{1,2})?)(-(none|xs|sm|md|lg|xl|\dxl|full|\[.*))?$/, "$1"],
  [/^decoration-(solid|double|dotted|dashed|wavy)$/, "decoration style"],
  [/^decoration-(\d+|auto|from-font)$/, "decoration thickness"],
  [/^decoration-/, "decoration colour"],
  [/^(underline|overline|line-through|no-underline)$/, "text decoration"],
  [/^(grow|shrink)(-\d+)?$/, "$1"],
  [
    /^(align|fill|stroke|transition|line-clamp|grid-cols|flex(?=-\d)|basis|whitespace|cursor|opacity|z|leading|tracking|self|items|justify|underline-offset|overflow-[xy]|overflow|gap-[xy]|gap|inset-[xy]|inset|top|right|bottom|left|size|(?:min|max)-[wh]|[wh]|[pm][xytrbl]?)-/,
    "$1",
  ],
];

/** "md:-mt-2" is about the top margin, on a wide window. */
function partsOf(name: string): { variants: string; subject: string } {
  let at = 0;
  for (let depth = 0, place = 0; place < name.length; place++) {
    const char = name[place];
    if (char === "[" || char === "(") depth += 1;
    else if (char === "]" || char === ")") depth -= 1;
    else if (char === ":" && depth === 0) at = place + 1;
  }
  const bare = name.slice(at).replace(/^[-!]/, "");
  for (const [pattern, subject] of SUBJECTS) {
    const match = pattern.exec(bare);
    if (match) return { variants: name.slice(0, at), subject: subject.replace("$1", match[1] ?? "") };
  }
  return { variants: name.slice(0, at), subject: bare };
}
