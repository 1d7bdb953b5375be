/** The chat in React. */
export {
  ChatProvider,
  type ChatProviderProps,
  useChat,
  useChatStore,
  useDeletions,
  useSidebar,
} from "./ChatProvider";
export { DeletionWords } from "./DeletionNotice";
export type { ChatHost, Citation, HostCompany, OnCite } from "./host";
export { SidebarChat, type SidebarChatProps } from "./SidebarChat";
export { useChatContext } from "./useChatContext";
