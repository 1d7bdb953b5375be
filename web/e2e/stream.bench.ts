import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { CDPSession, Page } from "@playwright/test";
import { Chat, expect, test } from "./fixtures.ts";

const CHUNKS = 3000;
const PER_SECOND = 300;
const EARLIER = 200;
const RESULTS = fileURLToPath(new URL("../bench.json", import.meta.url));

const figures: Record<string, number> = {};

test.afterAll(() => {
  console.table(figures);
  writeFileSync(RESULTS, `${JSON.stringify(figures, null, 2)}\n`);
});

test("first load", async ({ app }) => {
  let bytes = 0;
  const assets = fileURLToPath(new URL("../dist/assets/", import.meta.url));
  const loaded: string[] = [];
  app.on("response", (response) => {
    const name = new URL(response.url()).pathname.split("/").at(-1) ?? "";
    if (name.endsWith(".js") && readdirSync(assets).includes(name)) loaded.push(name);
  });
  await app.goto("/");
  await expect(app.getByRole("heading", { name: "Overview" })).toBeVisible();
  for (const name of loaded) {
    // Markdown is fetched ahead, when the page stands; it is not in the way of the first paint.
    if (!/^(Markdown|PriceChart)/.test(name))
      bytes += gzipSync(readFileSync(assets + name), { level: 9 }).length;
  }
  figures["first load, KiB of gzip script"] = Math.round(bytes / 102.4) / 10;
  expect(bytes).toBeLessThanOrEqual(150 * 1024);
});

test("a long, fast answer beside earlier ones", async ({ app, system }) => {
  const chat = new Chat(app);
  await chat.open();
  for (let asked = 0; asked < EARLIER / 2; asked += 4) {
    for (let more = 0; more < 4; more++) await chat.ask(`Earlier ${asked + more} [[chunks=4 size=80]]`);
    await expect(chat.complete(asked + 3)).toBeVisible();
  }

  const session = await app.context().newCDPSession(app);
  // The thread's own time, not the clock's: on a shared machine the clock counts the neighbours.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await metrics(session);
  await watchLongTasks(app);
  await system.script("Long", { raw: markdownChunks(), delay: 1 / PER_SECOND });
  const written = seenComplete(app, EARLIER / 2 + 1);
  await chat.ask("Long");
  await written;
  const after = await metrics(session);
  figures["streaming, s of script"] = round(after.script - before.script);
  figures["streaming, s of main thread"] = round(after.task - before.task);
  figures["streaming, s of style and layout"] = round(
    after.layout - before.layout + after.style - before.style,
  );
  figures["streaming, longest task in ms"] = await longestTask(app);
});

test("a replay of it", async ({ app, context, system }) => {
  const chat = new Chat(app);
  await chat.open();
  await system.script("Replayed", { raw: markdownChunks(), hold: 1 });
  await chat.ask("Replayed");
  await system.held(1);
  await expect(chat.text()).not.toBeEmpty();
  // The code for markdown must be here: an outage while it is fetched ends in a new start of the page.
  await app.waitForLoadState("networkidle");
  await context.setOffline(true);
  await system.release("Replayed");
  await new Promise((resolve) => setTimeout(resolve, 6000));
  await app.evaluate(() => {
    window.addEventListener("online", () => {
      const from = performance.now();
      const seen = () => {
        if (!document.querySelector("[data-slot=answer][data-status=complete]")) requestAnimationFrame(seen);
        else requestAnimationFrame(() => Object.assign(window, { replayMs: performance.now() - from }));
      };
      requestAnimationFrame(seen);
    });
  });
  await watchLongTasks(app);
  await context.setOffline(false);
  await expect(chat.complete()).toBeVisible();
  await app.waitForFunction(() => "replayMs" in window);
  figures["replay, ms from the network's return to paint"] = Math.round(
    await app.evaluate(() => (window as unknown as { replayMs: number }).replayMs),
  );
  figures["replay, longest task in ms"] = await longestTask(app);
});

/** What a model writes: paragraphs, lists and a table, a word or two at a time. */
function markdownChunks(): string[] {
  const words =
    "The dividend **yields** 2.34% at $91.10, _below_ the median of its peers and of earnings. ".split(
      /(?<= )/,
    );
  return Array.from({ length: CHUNKS }, (_, at) => {
    const isLast = at === CHUNKS - 1;
    const newBlock = at % 90 === 89 ? "\n\n- item one\n- item two\n\n" : at % 45 === 44 ? "\n\n" : "";
    const part = { text: `${words[at % words.length]}${newBlock}` };
    return JSON.stringify({
      candidates: [
        { content: { role: "model", parts: [part] }, index: 0, ...(isLast && { finishReason: "STOP" }) },
      ],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: at, totalTokenCount: at + 10 },
      modelVersion: "gemini-2.5-flash",
    });
  });
}

async function metrics(
  session: CDPSession,
): Promise<{ script: number; task: number; layout: number; style: number }> {
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return {
    script: value("ScriptDuration"),
    task: value("TaskDuration"),
    layout: value("LayoutDuration"),
    style: value("RecalcStyleDuration"),
  };
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: "longtask" });
  });
}

/** Until so many answers are complete. The page's own observer tells: an assertion that asks again and again reads
 * the whole page each time, on the thread that is measured. */
async function seenComplete(page: Page, answers: number): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (document.querySelectorAll("[data-slot=answer][data-status=complete]").length < wanted) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(document.body, { subtree: true, attributeFilter: ["data-status"] });
      }),
    answers,
  );
}

async function longestTask(page: Page): Promise<number> {
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  return Math.max(0, ...tasks);
}

const round = (seconds: number) => Math.round(seconds * 100) / 100;
