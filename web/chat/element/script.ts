/** What the gateway serves at `/embed/v1/tickertalk-chat.js`: the element, made known at once. Its gateway is the one
 * that served it, unless it says another. */
import { define } from "./define";

define({ gateway: new URL(/* @vite-ignore */ "../..", import.meta.url).href });
