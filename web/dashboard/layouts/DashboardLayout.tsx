import { Outlet } from "react-router";
import { SidebarChat } from "@/chat/SidebarChat";
import { Navigation } from "./Navigation";
import { PageFrame } from "./PageFrame";

/** Navigation, page, chat. The chat is mounted here once, so that it outlives every navigation. */
export function DashboardLayout() {
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <Navigation />
      <PageFrame>
        <Outlet />
      </PageFrame>
      <SidebarChat />
    </div>
  );
}
