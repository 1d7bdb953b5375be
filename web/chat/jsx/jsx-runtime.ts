/** What the chat's elements are made with in the package: React's own, with classes prefixed. The dashboard, which
 * brings its own style sheet, is made without. */
import type { ElementType } from "react";
import * as react from "react/jsx-runtime";
import { guestProps } from "./prefixed";

export { Fragment, type JSX } from "react/jsx-runtime";

export const jsx: typeof react.jsx = (type, props, key) => react.jsx(type, guest(type, props), key);
export const jsxs: typeof react.jsxs = (type, props, key) => react.jsxs(type, guest(type, props), key);

const guest = (type: ElementType, props: unknown) => guestProps(type, props as object);
