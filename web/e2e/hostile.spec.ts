import { Chat, expect, test } from "./fixtures.ts";

const HOSTILE = `Look: <script>document.title = "owned"</script><img src="https://evil.example/pixel.png" onerror="document.title='owned'">
![pixel](https://evil.example/remote.png) [click](javascript:document.title='owned') [data](data:text/html,x) [out](https://example.org/page)

<iframe src="https://evil.example"></iframe> It costs $5 and $10, not maths. **Bold** and \`code\`.

| a | b |
|---|--:|
| 1 | 2 |
`;

test("a hostile answer is inert, and nothing leaves the page", async ({ app, system }) => {
  const chunk = {
    candidates: [{ content: { role: "model", parts: [{ text: HOSTILE }] }, finishReason: "STOP", index: 0 }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
    modelVersion: "gemini-2.5-flash",
  };
  await system.script("hostile", { raw: [JSON.stringify(chunk)] });
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Something hostile");
  await expect(chat.complete()).toBeVisible();
  const text = chat.text();
  await expect(text.locator("table")).toBeVisible();
  await expect(text.locator("script, img, iframe")).toHaveCount(0);
  await expect(text).toContainText("It costs $5 and $10, not maths.");
  await expect(text.getByRole("link")).toHaveCount(1);
  await expect(text.getByRole("link")).toHaveAttribute("href", "https://example.org/page");
  await expect(text.getByRole("link")).toHaveAttribute("rel", /noopener/);
  await text.getByText("click").click();
  await expect(app).not.toHaveTitle("owned");
  await expect(app).toHaveURL(/\/company\/KO$/);
});

test("nothing on the pages needs an inline style to be allowed", async ({ app }) => {
  // One more policy on top of the gateway's, as early as there is a place for it; a violation is a console error.
  await app.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.head) return;
      observer.disconnect();
      const meta = document.createElement("meta");
      meta.httpEquiv = "Content-Security-Policy";
      meta.content = "style-src 'self'";
      document.head.append(meta);
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  const chat = new Chat(app);
  await chat.open();
  await chat.ask("Any answer");
  await expect(chat.complete()).toBeVisible();
  await expect(app.getByRole("img", { name: /^Price from/ })).toBeVisible();
  await app.getByRole("button", { name: "Conversation menu" }).click();
});
