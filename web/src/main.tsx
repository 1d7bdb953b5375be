import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./App";
import { ApiError } from "./api/client";
import { restoreDemo } from "./session/demo";
import { startIdentity } from "./session/token";
import "./index.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

restoreDemo();
startIdentity();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server refused it will refuse again; only an outage is worth a second try.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
