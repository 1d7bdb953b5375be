// One run through AG-UI's own client, for pytest: reads what to do from its input, prints what became of it.
import { HttpAgent, type Message } from "@ag-ui/client";
import { asked, tell } from "./asked.ts";

const call = await asked();
const agent = new HttpAgent({
  url: `${call.url}/bridges/ag-ui`,
  headers: { Authorization: `Bearer ${call.token}` },
  threadId: call.thread,
  initialMessages: [
    ...(call.history as Message[]),
    { id: call.message, role: "user", content: call.content },
  ],
});
const events: object[] = [];
let error: string | null = null;
let code: string | null = null;
try {
  await agent.runAgent(
    {
      runId: `run of ${call.message}`,
      forwardedProps: call.ticker === undefined ? {} : { ticker: call.ticker },
    },
    {
      onEvent: ({ event }) => void events.push(event),
      onRunErrorEvent: ({ event }) => {
        error = event.message;
        code = event.code ?? null;
      },
    },
  );
} catch (thrown) {
  error ??= thrown instanceof Error ? thrown.message : String(thrown);
}
const said = agent.messages.filter((message) => message.role === "assistant" && message.content);
tell({
  text: said.map((message) => message.content).join(""),
  error,
  code,
  events,
  messages: agent.messages,
});
