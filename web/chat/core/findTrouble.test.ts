import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findTrouble } from "./findTrouble";

const server = setupServer();
beforeAll(() => server.listen());
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const ask = (gateway = "https://chat.example") => findTrouble(gateway, new AbortController().signal);

it.each([
  [
    "a gateway: it is the origin",
    () => HttpResponse.json({ service: "tickertalk", version: "1" }),
    "origin_refused",
  ],
  ["another service", () => HttpResponse.json({ service: "other" }), "not_a_gateway"],
  ["a page", () => HttpResponse.html("<title>Shop</title>"), "not_a_gateway"],
  ["nothing there", () => HttpResponse.json({ code: "not_found" }, { status: 404 }), "not_a_gateway"],
  ["a proxy whose gateway is away", () => HttpResponse.html("Bad Gateway", { status: 502 }), "unreachable"],
  ["no answer", () => HttpResponse.error(), "unreachable"],
])("%s", async (_, answer, trouble) => {
  server.use(http.get("https://chat.example/embed/v1/gateway.json", answer));
  expect(await ask()).toBe(trouble);
});

it("an address that is none", async () => {
  expect(await ask("ftp://chat.example")).toBe("bad_address");
});
