/** The chat as an element of its own. Nothing is touched before `define()`. */
export { type DefineOptions, define, type TickertalkChatElement } from "./define";
