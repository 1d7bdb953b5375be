import { useUiStore } from "@/lib/uiStore";
import { useChatStore } from "./chatStore";

/** Asks from the page: opens the chat and sends the question. */
export function useAsk(): (question: string) => void {
  const setSidebarOpen = useUiStore((state) => state.setSidebarOpen);
  const sendMessage = useChatStore((state) => state.sendMessage);
  return (question) => {
    setSidebarOpen(true);
    sendMessage(question);
  };
}
