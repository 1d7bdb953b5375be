import { ApiError, isSignedOut } from "@shared/lib/apiError";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { App } from "./App";
import { restoreDemo } from "./session/demo";
import { currentIdentity, onIdentityChange, startIdentity } from "./session/token";
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

let user = currentIdentity()?.user;
onIdentityChange(() => {
  const now = currentIdentity()?.user;
  // Nobody sees what was fetched for somebody else; what was refused is asked for again.
  if (now !== user) queries.clear();
  else void queries.refetchQueries({ predicate: ({ state }) => isSignedOut(state.error) });
  user = now;
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
