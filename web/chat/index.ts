/** The chat without React: nothing is touched at import, nothing is opened before `connect` or the first question. */
export type { ChatMessage, ChatState } from "./core/chatState";
export type { ChatStore } from "./core/chatStore";
export type { Connection, Phase, Trouble } from "./core/connection";
export { type Chat, type ChatOptions, createChat } from "./core/createChat";
export type { ChatContext } from "./core/pageContext";
export type { OwnLabels } from "./core/say";
export type { GetToken } from "./core/tokens";
export { isOfflineModel } from "./core/words";
export type { AnalysisRef, Figure, Lookup, Source } from "./protocol/frames.gen";
