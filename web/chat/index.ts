/** The chat without React: nothing is touched at import, nothing is opened before `connect`. */
export type { ChatMessage } from "./core/chatState";
export type { ChatStore } from "./core/chatStore";
export { type Chat, type ChatOptions, createChat } from "./core/createChat";
export { isOfflineModel } from "./core/words";
