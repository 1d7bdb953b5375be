import { clsx } from "clsx";
// With its ending: without, the package's build leads here.
import { cn as merged } from "../../shared/lib/cn.ts";
import { bare } from "./prefixed";

/** Stands in for `shared/lib/cn` in the package: a class that was prefixed on its way here yields to a later one all
 * the same. The element it ends at is prefixed again. */
export const cn: typeof merged = (...inputs) => merged(bare(clsx(inputs)));
