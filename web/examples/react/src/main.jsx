import { ChatProvider, SidebarChat, useChatContext } from "@tickertalk/chat/react";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import "@tickertalk/chat/styles.css";
import "./app.css";

const getToken = async () => (await fetch("/chat-token?user=alice", { method: "POST" })).text();

function Company({ ticker }) {
  useChatContext({ ticker });
  return <h1>{ticker}</h1>;
}

function App() {
  const [ticker, setTicker] = useState("KO");
  const [isOpen, setOpen] = useState(true);
  const [cited, setCited] = useState("nothing");
  return (
    <main>
      <button type="button" onClick={() => setTicker("MSFT")}>
        Look at Microsoft
      </button>
      <button type="button" onClick={() => setOpen(false)}>
        Leave
      </button>
      <p>
        Shown: <output>{cited}</output>
      </p>
      {isOpen && (
        <ChatProvider
          gateway="https://chat.example"
          getToken={getToken}
          onCite={({ ticker, metric }) => setCited(`${ticker} ${metric}`)}
        >
          <Company ticker={ticker} />
          <SidebarChat />
        </ChatProvider>
      )}
    </main>
  );
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
