import AxeBuilder from "@axe-core/playwright";
import { askChecked } from "./checked.ts";
import { Chat, expect, test } from "./fixtures.ts";

test("a figure leads to its row, says where it is from, and works from the keyboard", async ({
  app,
  system,
  token,
}) => {
  const chat = new Chat(app);
  await askChecked(app, chat, system, token);
  await expect(chat.answer().locator("[data-slot=figure-count]")).toHaveText(
    "11 figures · 9 verified · 1 not found",
  );
  const card = app.locator("[data-slot=figure-card]");
  const figure = chat.answer().getByRole("button", { name: /^27\.36, verified/ });
  await figure.focus();
  await app.keyboard.press("Enter");
  await expect(card).toBeFocused();
  await expect(card).toContainText("P/E · KO · 22 Aug");
  const row = app.locator("[data-figure-row=metric-price_earnings]");
  await expect(row).toHaveAttribute("data-lit");
  await expect(row).toBeInViewport();
  await expect(row).not.toHaveAttribute("data-lit");
  await app.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expect(figure).toBeFocused();

  await chat
    .answer()
    .getByRole("button", { name: /^1\.14 pp/ })
    .click();
  await expect(card).toContainText("1.14 pp = 3.48 % − 2.34 %");
  await card.getByRole("button", { name: "3.48 %", exact: true }).click();
  await expect(app.locator("[data-figure-row=metric-dividend_yield]")).toHaveAttribute("data-lit");
  await app.keyboard.press("Escape");

  await chat.answer().getByRole("button", { name: "8.03, not found in the analysis" }).click();
  await expect(card).toContainText("The analysis has no such figure. Its P/E is 27.36.");
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([]);
  await app.keyboard.press("Escape");

  await chat
    .answer()
    .getByRole("button", { name: /^19\.80/ })
    .click();
  await expect(app.getByRole("heading", { level: 1, name: /PepsiCo/ })).toBeVisible();
  await expect(app.locator("[data-figure-row=metric-price_earnings]")).toHaveAttribute("data-lit");
});

test("marks break no line, and what is copied is the text", async ({ app, system, token }) => {
  const chat = new Chat(app);
  await askChecked(app, chat, system, token);
  const { marked, plain, copied, text } = await chat.text().evaluate((answer) => {
    const bare = answer.cloneNode(true) as HTMLElement;
    for (const mark of bare.querySelectorAll("[data-slot=figure]")) mark.replaceWith(...mark.childNodes);
    bare.normalize();
    answer.after(bare);
    const lines = (element: HTMLElement) =>
      [...element.querySelectorAll("p, li")].map((part) => part.getBoundingClientRect().height);
    const marked: number[][] = [];
    const plain: number[][] = [];
    for (let width = 90; width < 420; width += 3) {
      for (const element of [answer as HTMLElement, bare]) element.style.width = `${width}px`;
      marked.push(lines(answer as HTMLElement));
      plain.push(lines(bare));
    }
    const copyOf = (element: HTMLElement) => {
      document.getSelection()?.selectAllChildren(element);
      return document.getSelection()?.toString();
    };
    const [copied, text] = [copyOf(answer as HTMLElement), copyOf(bare)];
    bare.remove();
    return { marked, plain, copied, text };
  });
  expect(marked).toEqual(plain);
  expect(copied).toBe(text);
  expect(copied).toContain("its P/E is 27.36, PepsiCo's is 19.80.");
});

test("the card stays in the window, and leaves the focus where the reader went", async ({
  app,
  system,
  token,
}) => {
  const chat = new Chat(app);
  await askChecked(app, chat, system, token);
  const card = app.locator("[data-slot=figure-card]");
  for (const height of [900, 420, 300]) {
    await app.setViewportSize({ width: 1300, height });
    for (const name of [/^8\.03/, /^1\.14 pp/, /^91\.87/]) {
      await chat.answer().getByRole("button", { name }).click();
      await expect(card).toBeVisible();
      const box = await card.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 1300).toBe(true);
      expect(box && box.y >= 0 && box.y + box.height <= height).toBe(true);
      await app.keyboard.press("Escape");
      await expect(card).toBeHidden();
    }
  }
  await chat
    .answer()
    .getByRole("button", { name: /^8\.03/ })
    .click();
  await expect(card).toBeVisible();
  await chat.box.click();
  await expect(card).toBeHidden();
  await expect(chat.box).toBeFocused();
});

test("a table's company opens its page; a series is a chart", async ({ app, system, token }) => {
  const chat = new Chat(app);
  await askChecked(app, chat, system, token);
  const chart = chat.answer().getByRole("img", { name: /^P\/E of Coca-Cola/ });
  await expect(chart).toBeVisible();
  await chat
    .answer()
    .getByRole("region", { name: /^Comparing/ })
    .getByRole("link", { name: "PEP", exact: true })
    .click();
  await expect(app.getByRole("heading", { level: 1, name: /PepsiCo/ })).toBeVisible();
  expect((await new AxeBuilder({ page: app }).analyze()).violations).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("the card leads from the chat to the page", async ({ app, system, token }) => {
    const chat = new Chat(app);
    await askChecked(app, chat, system, token);
    await chat
      .answer()
      .getByRole("button", { name: /^2\.34 %/ })
      .click();
    const card = app.locator("[data-slot=figure-card]");
    await expect(card).toBeInViewport({ ratio: 1 });
    const box = await card.boundingBox();
    expect(box).toMatchObject({ x: 0, width: 390 });
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844);
    await card.getByRole("button", { name: /Dividend yield/ }).click();
    await expect(chat.box).toBeHidden();
    await expect(app.locator("[data-figure-row=metric-dividend_yield]")).toBeInViewport();
  });

  test("a wide table scrolls in itself, its first column stays", async ({ app, system, token }) => {
    const chat = new Chat(app);
    await askChecked(app, chat, system, token);
    const table = chat.answer().getByRole("region", { name: /^Screening/ });
    await table.scrollIntoViewIfNeeded();
    const first = table.getByRole("rowheader").first();
    const before = await first.boundingBox();
    await table.evaluate((element) => element.scrollTo({ left: 1000 }));
    expect(await table.evaluate((element) => element.scrollLeft)).toBeGreaterThan(20);
    expect((await first.boundingBox())?.x).toBe(before?.x);
    expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test("what one operates in the chat is 44 px high", async ({ app, system, token }) => {
    const chat = new Chat(app);
    await askChecked(app, chat, system, token);
    await chat.box.fill("?");
    const small = await app.locator("[data-slot=chat-panel]").evaluate((panel) =>
      [...panel.querySelectorAll("button, [data-slot=source], summary")]
        // The name of the connection's state does nothing, and a link in a sentence is as high as its line.
        .filter((each) => !each.matches("[data-slot=connection], p *") && each.getClientRects().length > 0)
        .filter((each) => each.getBoundingClientRect().height < 44)
        .map((each) => each.getAttribute("aria-label") ?? each.textContent),
    );
    expect(small).toEqual([]);
  });
});
