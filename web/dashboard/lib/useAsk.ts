import { useChat, useSidebar } from "@chat/react";

/** Asks from the page: opens the chat and sends the question. */
export function useAsk(): (question: string) => void {
  const { setSidebarOpen } = useSidebar();
  const chat = useChat();
  return (question) => {
    setSidebarOpen(true);
    chat.send(question);
  };
}
