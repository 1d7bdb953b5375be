/** The chat in React. */
export { ChatProvider, useChat, useChatStore, useDeletions, useSidebar } from "./ChatProvider";
export { DeletionWords } from "./DeletionNotice";
export type { ChatHost, HostCompany, HostPage } from "./host";
export { SidebarChat } from "./SidebarChat";
