import type { Page } from "@playwright/test";
import { CHECKED_TEXT, FIGURES, LOOKUPS, MORE_LOOKUPS } from "../test/figures.ts";
import { type Chat, expect } from "./fixtures.ts";
import type { System } from "./system.ts";

/** The answer with its figures, as a worker that checks them would send it. The ids of the analyses are asked of the
 * gateway: they are its own. */
export async function askChecked(app: Page, chat: Chat, system: System, token: string): Promise<void> {
  const ids: Record<string, number> = {};
  for (const ticker of ["KO", "PEP"]) {
    const response = await app.request.get(`${system.url}/api/analyses/${ticker}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    ids[ticker] = ((await response.json()) as { id: number }).id;
  }
  const real = JSON.parse(
    JSON.stringify({ figures: FIGURES, lookups: [...LOOKUPS, ...MORE_LOOKUPS] }),
    (key, value) => (key !== "analysis_id" ? value : value === 4711 ? ids.KO : ids.PEP),
  );
  await app.routeWebSocket("**/ws/chat/**", (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const frame = JSON.parse(String(message)) as { type: string };
      socket.send(frame.type === "ai_complete" ? JSON.stringify({ ...frame, ...real }) : message);
    });
  });
  await says(system, "Check this", CHECKED_TEXT);
  await app.goto("/company/KO");
  const ask = app.getByRole("button", { name: "Ask", exact: true });
  await expect(ask.or(chat.box)).toBeVisible();
  if (await ask.isVisible()) await ask.click();
  await chat.isLive();
  await chat.ask("Check this: is it dearer than PepsiCo?");
  await expect(chat.complete()).toBeVisible();
  await expect(chat.answer().locator("[data-slot=figure]")).toHaveCount(FIGURES.length);
}

/** What the scripted model says to questions that contain `match`. */
export async function says(system: System, match: string, text: string): Promise<void> {
  const chunk = {
    candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason: "STOP", index: 0 }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
    modelVersion: "gemini-2.5-flash",
  };
  await system.script(match, { raw: [JSON.stringify(chunk)] });
}
