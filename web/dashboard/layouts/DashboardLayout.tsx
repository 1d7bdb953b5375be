import { createChat } from "@chat";
import { ChatProvider, SidebarChat, useChatContext } from "@chat/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Outlet } from "react-router";
import { readAgain } from "@/api/readAgain";
import { currentIdentity, getToken, onIdentityChange } from "@/session/token";
import { chatHost, usePage } from "./chatHost";
import { Navigation } from "./Navigation";
import { PageFrame } from "./PageFrame";

/** Navigation, page, chat. The chat is mounted here once, so that it outlives every navigation. */
export function DashboardLayout({ user }: { user: string }) {
  const queries = useQueryClient();
  const [chat] = useState(() =>
    createChat({
      gateway: window.location.origin,
      storageKey: user,
      getToken: ({ fresh }) => getToken(fresh),
      onAnalysesChanged: (changed) => readAgain(queries, changed),
    }),
  );
  // Signed in again, in the chat or on the page.
  useEffect(
    () =>
      onIdentityChange(() => {
        const isOut = chat.store.getState().connection.phase === "signed_out";
        if (isOut && currentIdentity()) chat.connect();
      }),
    [chat],
  );
  return (
    <ChatProvider chat={chat} host={chatHost}>
      <div className="flex h-dvh flex-col md:flex-row">
        <Navigation />
        <PageFrame>
          <Outlet />
        </PageFrame>
        <SidebarChat placement="beside" hotkeys />
        <OpenPage />
      </div>
    </ChatProvider>
  );
}

/** Tells the chat which page is open. */
function OpenPage() {
  useChatContext(usePage());
  return null;
}
