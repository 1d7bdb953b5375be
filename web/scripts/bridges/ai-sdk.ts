// One call through AI SDK's own transport, for pytest: reads what to do from its input, prints what became of it.
import { DefaultChatTransport, readUIMessageStream, type UIMessage, type UIMessageChunk } from "ai";
import { asked, tell } from "./asked.ts";

const call = await asked();
const transport = new DefaultChatTransport<UIMessage>({
  api: `${call.url}/bridges/ai-sdk`,
  headers: { Authorization: `Bearer ${call.token}` },
  body: call.ticker === undefined ? {} : { context: { ticker: call.ticker } },
});

const chunks: UIMessageChunk["type"][] = [];
let error: string | null = null;
let status = 200;
let message: UIMessage | undefined;
try {
  const stream = call.resume
    ? await transport.reconnectToStream({ chatId: call.thread })
    : await transport.sendMessages({
        chatId: call.thread,
        messages: [
          ...(call.history as UIMessage[]),
          { id: call.message, role: "user", parts: [{ type: "text", text: call.content }] },
        ],
        trigger: call.again === undefined ? "submit-message" : "regenerate-message",
        messageId: call.again,
        abortSignal: undefined,
      });
  if (stream === null) {
    status = 204;
  } else {
    const counted = stream.pipeThrough(
      new TransformStream<UIMessageChunk, UIMessageChunk>({
        transform(chunk, controller) {
          chunks.push(chunk.type);
          controller.enqueue(chunk);
        },
      }),
    );
    const read = readUIMessageStream({
      stream: counted,
      onError: (thrown) => {
        error = thrown instanceof Error ? thrown.message : String(thrown);
      },
    });
    for await (const state of read) message = state;
  }
} catch (thrown) {
  error = thrown instanceof Error ? thrown.message : String(thrown);
  status = (thrown as { statusCode?: number }).statusCode ?? 0;
}
const texts = (message?.parts ?? []).filter((part) => part.type === "text");
tell({ text: texts.map((part) => part.text).join(""), error, status, chunks, message: message ?? null });
