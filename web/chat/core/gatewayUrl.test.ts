import { expect, it } from "vitest";
import { gatewayUrl, socketUrl } from "./gatewayUrl";

it.each([
  ["https://chat.example", "https://chat.example/ws/chat/x"],
  ["https://chat.example/", "https://chat.example/ws/chat/x"],
  ["https://portal.example/tickertalk", "https://portal.example/tickertalk/ws/chat/x"],
  ["https://portal.example/tickertalk/?a=1#b", "https://portal.example/tickertalk/ws/chat/x"],
  ["wss://chat.example", "https://chat.example/ws/chat/x"],
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000/ws/chat/x"],
  ["/", "http://localhost:8000/ws/chat/x"],
  ["//chat.example", "http://chat.example/ws/chat/x"],
])("%s", (gateway, url) => {
  expect(gatewayUrl(gateway, "ws/chat/x")?.href).toBe(url);
  expect(socketUrl(gateway, "ws/chat/x")?.href).toBe(url.replace("http", "ws"));
});

it.each([
  "http://",
  "https://chat example",
  "javascript:alert(1)",
  "ftp://chat.example",
  "chat.example:8000",
])("%s is no address of a gateway", (gateway) => {
  expect(gatewayUrl(gateway, "ws/chat/x")).toBeNull();
});
