import { lazyPart } from "@shared/lib/loadChunk";
import { Suspense } from "react";
import { Route, Routes } from "react-router";
import { PageLoading } from "./components/PageLoading";
import { DashboardLayout } from "./layouts/DashboardLayout";
import { NotFoundPage } from "./pages/NotFoundPage";
import { OverviewPage } from "./pages/OverviewPage";
import { SignInPage } from "./pages/SignInPage";
import { useIdentity } from "./session/useIdentity";

const CompanyPage = lazyPart(() => import("./pages/CompanyPage"));
const ConversationsPage = lazyPart(() => import("./pages/ConversationsPage"));
const AboutPage = lazyPart(() => import("./pages/AboutPage"));

export function App() {
  const identity = useIdentity();
  if (!identity) return <SignInPage />;
  return (
    <Suspense fallback={<PageLoading />}>
      <Routes>
        <Route element={<DashboardLayout key={identity.user} user={identity.user} />}>
          <Route index element={<OverviewPage />} />
          <Route path="company/:ticker" element={<CompanyPage />} />
          <Route path="conversations" element={<ConversationsPage />} />
          <Route path="about" element={<AboutPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
