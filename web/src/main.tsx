import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./App";
import { ApiError } from "./api/client";
import { perTab, readStored, writeStored } from "./lib/storage";
import { restoreDemo } from "./session/demo";
import { startIdentity } from "./session/token";
import "./index.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

// A page opened before an update asks for code that is no longer there: it starts anew, once.
window.addEventListener("vite:preloadError", () => {
  const KEY = "tickertalk.updated";
  if (readStored(perTab, KEY) === null && writeStored(perTab, KEY, "1")) window.location.reload();
});

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
