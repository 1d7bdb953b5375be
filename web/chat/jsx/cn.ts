import { type ClassValue, clsx } from "clsx";
import { twMerge } from "tailwind-merge";
import { bare } from "./prefixed";

/** Stands in for `shared/lib/cn` in the package: a class that was prefixed on its way here yields to a later one all
 * the same. The element it ends at is prefixed again. */
export function cn(...inputs: ClassValue[]): string {
  return twMerge(bare(clsx(inputs)));
}
