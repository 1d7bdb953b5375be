import type { ServerFrame } from "@chat/protocol/decodeFrame";
import type { Lookup, Source } from "@chat/protocol/frames.gen";
import { ChatServer } from "@test/chatServer";
import { CHECKED_TEXT, FIGURES, LOOKUPS } from "@test/figures";
import { recorded } from "@test/golden";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Chat, createChat } from "../core/createChat";
import { ChatProvider } from "./ChatProvider";
import type { ChatHost } from "./host";
import { SidebarChat } from "./SidebarChat";
import { useChatContext } from "./useChatContext";

let server: ChatServer;
let chat: Chat;

beforeEach(() => {
  server = new ChatServer();
  server.start();
  chat = createChat({ gateway: "http://localhost:8000", getToken: async () => "token" });
});

afterEach(() => {
  newest = "2026-08-22";
  server.stop();
});

const [LOOKUP] = LOOKUPS as [Lookup];
let newest = "2026-08-22";
const cited = vi.fn<(source: Source) => void>();
const NAMES: Readonly<Record<string, string>> = {
  KO: "Coca-Cola Company (The)",
  MSFT: "Microsoft",
  PEP: "PepsiCo, Inc.",
};

const HOST: ChatHost = {
  useCompany: (about) =>
    about === null ? undefined : { name: NAMES[about] ?? about, asOf: newest, isRated: true },
  useSuggestions: () => ["How does the latest dividend yield affect this rating?"],
  useVerdict: () => "Hold 57.9",
  useCompanyName: () => (about) => NAMES[about] ?? null,
  CompanyLink: ({ ticker: about, className, children }) => (
    <a href={`/company/${about}`} className={className}>
      {children}
    </a>
  ),
  AnalysisLink: ({ source, className, children }) => (
    <a href={`/company/${source.ticker}?analysis=${source.analysis_id}`} className={className}>
      {children}
    </a>
  ),
  useCite: () => cited,
  useFigureLabel: ({ where }) => (where.includes("price_earnings") ? "P/E" : null),
  useGoToConversations: () => () => {},
  signIn: () => {},
};

/** A page about one company. */
function Page({ ticker }: { ticker: string }) {
  useChatContext({ ticker });
  return null;
}

function show(ticker = "KO") {
  return render(
    <ChatProvider chat={chat} host={HOST}>
      <SidebarChat placement="beside" hotkeys />
      <Page ticker={ticker} />
    </ChatProvider>,
  );
}

async function connected(...frames: ServerFrame[]) {
  const socket = await server.socket(0);
  const opening = recorded("answered").slice(0, 2);
  socket.send(...(frames.length > 0 ? frames : opening));
  await waitFor(() => expect(chat.store.getState().isLoaded).toBe(true));
  return socket;
}

async function violations(element: Element): Promise<string[]> {
  // jsdom has no layout: colours and sizes are looked at in the browser's tests.
  const found = await axe.run(element, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return found.violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("an empty conversation", () => {
  it("says what it is about and suggests what the analysis can answer", async () => {
    const { container } = show();
    await connected();
    expect(await screen.findByRole("heading", { name: "KO · 22 Aug" })).toBeVisible();
    const list = await screen.findByRole("list", { name: "Suggested questions" });
    expect(
      within(list)
        .getAllByRole("button")
        .map((button) => button.textContent),
    ).toContain("How does the latest dividend yield affect this rating?");
    expect(await violations(container)).toEqual([]);
  });

  it("hides the suggestions while one types", async () => {
    show();
    await connected();
    await screen.findByRole("list", { name: "Suggested questions" });
    await userEvent.type(screen.getByLabelText("Your question"), "W");
    expect(screen.queryByRole("list", { name: "Suggested questions" })).toBeNull();
  });
});

describe("asking", () => {
  it("Enter sends, Shift+Enter breaks the line, and the question is shown at once", async () => {
    show();
    const socket = await connected();
    const box = screen.getByLabelText("Your question");
    await userEvent.type(box, "One{Shift>}{Enter}{/Shift}two{Enter}");
    expect(box).toHaveValue("");
    expect(screen.getByText(/One\s+two/)).toBeVisible();
    expect(screen.getByText("Sending…")).toBeVisible();
    await waitFor(() =>
      expect(socket.said.at(-1)).toMatchObject({
        type: "user_message",
        content: "One\ntwo",
        context_ticker: "KO",
      }),
    );
  });

  it("a question that is too long is counted and not sent", async () => {
    show();
    await connected();
    chat.draft.setState({ draft: "x".repeat(4001) });
    expect(await screen.findByText("4001 of 4000 characters")).toBeVisible();
    expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  });
});

describe("a conversation", () => {
  it("shows the answer, its source and announces it once", async () => {
    const { container } = show();
    const frames = recorded("answered");
    const socket = await connected(...frames.slice(0, 5));
    expect(await screen.findByText("Reading KO, 22 Aug…")).toBeVisible();
    socket.send(...frames.slice(5, -1));
    expect(screen.getAllByRole("status").some((status) => status.textContent?.startsWith("Answer"))).toBe(
      false,
    );
    socket.send(...frames.slice(-1));
    expect(await screen.findByRole("link", { name: "KO · analysis of 22 Aug · Hold 57.9" })).toHaveAttribute(
      "href",
      "/company/KO?analysis=4711",
    );
    await waitFor(() =>
      expect(
        screen.getAllByRole("status").filter((status) => status.textContent?.startsWith("Answer")),
      ).toHaveLength(1),
    );
    expect(await violations(container)).toEqual([]);
  });

  it("says how it ended, what waits and what failed", async () => {
    show();
    await connected(...recorded("queued"));
    await waitFor(() => expect(screen.getAllByText(/^Stopped by you\./)).toHaveLength(2));
    await waitFor(() => expect(screen.getAllByText(/Now viewing Microsoft · 22 Aug/)).toHaveLength(1));
  });

  it("keeps a failed question, with a way to ask it again", async () => {
    show();
    const socket = await connected(...recorded("failed"));
    expect(await screen.findByText(/No answer came\. Your question is kept\./)).toBeVisible();
    expect(await screen.findByText(/Cut at the length limit\./)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    await waitFor(() => expect(socket.said.at(-1)).toMatchObject({ type: "user_message" }));
  });

  it("says when there is a newer analysis, and asks about that", async () => {
    newest = "2026-08-29";
    show("MSFT");
    const socket = await connected(...recorded("answered"));
    expect(await screen.findByText(/Newer analysis of 29 Aug/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "What changed" }));
    await waitFor(() =>
      expect(socket.said.at(-1)).toMatchObject({
        content: "What changed since 22 Aug?",
        context_ticker: "KO",
      }),
    );
    expect(socket.said.at(-1)).not.toHaveProperty("analysis_id");
  });

  it("asks again about the company that was asked about, on another company's page too", async () => {
    show("MSFT");
    const socket = await connected(...recorded("answered"));
    await userEvent.click(await screen.findByRole("button", { name: "Ask again" }));
    await waitFor(() =>
      expect(socket.said.at(-1)).toMatchObject({ type: "user_message", context_ticker: "KO" }),
    );
  });

  it("Esc stops the answer that is being written", async () => {
    show();
    const socket = await connected(...recorded("answered").slice(0, 8));
    await screen.findByRole("button", { name: "Stop the answer" });
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(socket.said.at(-1)).toMatchObject({ type: "cancel" }));
  });
});

describe("a checked answer", () => {
  const turn_id = "00000000-0000-4000-8000-000000000001";
  const [ready, snapshot] = recorded("answered") as [ServerFrame, ServerFrame];
  const asked: ServerFrame[] = [
    ready,
    snapshot,
    { type: "user_echo", turn_id, content: "And PepsiCo?", context_ticker: "KO", seq: 1 },
  ];
  const complete: ServerFrame = {
    type: "ai_complete",
    full_message: CHECKED_TEXT,
    turn_id,
    message_id: 2,
    finish_reason: "stop",
    usage: {},
    context: null,
    model: "m",
    figures: FIGURES,
    lookups: LOOKUPS,
    seq: 2,
  };

  it("marks every figure of the text, in its place, and counts them", async () => {
    const { container } = show();
    await connected(...asked, complete);
    await waitFor(() =>
      expect(container.querySelectorAll("[data-slot=figure]")).toHaveLength(FIGURES.length),
    );
    const marks = [...container.querySelectorAll<HTMLElement>("[data-slot=figure]")];
    expect(marks.map((mark) => [mark.textContent, mark.dataset.state])).toEqual(
      FIGURES.map(({ text, state }) => [text, state]),
    );
    expect(screen.getByText("11 figures · 9 verified · 1 not found")).toBeVisible();
    expect(screen.getByRole("button", { name: "19.80, verified: P/E of PepsiCo, 22 August" })).toBeVisible();
    expect(await violations(container)).toEqual([]);
  });

  it("a figure opens by Enter and by Space, and its operands lead on from the formula", async () => {
    show();
    await connected(...asked, complete);
    const derived = await screen.findByRole("button", { name: /^1\.14 pp/ });
    // A button would be a box of its own, around which lines break.
    expect(derived.tagName).toBe("SPAN");
    const card = () => document.querySelector<HTMLElement>("[data-slot=figure-card]:not(:empty)");
    derived.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(card()).toHaveTextContent("1.14 pp = 3.48 % − 2.34 %"));
    expect(card()).toHaveAttribute("aria-label", "About 1.14 pp");
    await userEvent.click(
      within(card() as HTMLElement).getByRole("button", { name: "3.48 %", hidden: true }),
    );
    expect(cited).toHaveBeenLastCalledWith(FIGURES[3]?.operands?.[0]);
    screen.getByRole("button", { name: /^27\.36/ }).focus();
    await userEvent.keyboard(" ");
    await waitFor(() => expect(card()).toHaveAttribute("aria-label", "About 27.36"));
  });

  it("a series is drawn, said in one sentence, and there as a table", async () => {
    show();
    const rows = [
      ["2026-06-13", "26.10"],
      ["2026-07-18", "28.40"],
      ["2026-08-22", "27.36"],
    ];
    const history: Lookup = {
      n: 1,
      tool: "history",
      words: "Reading P/E of Coca-Cola, 13 Jun to 22 Aug",
      status: "ok",
      sources: [],
      result: { columns: ["date", "price_earnings"], rows },
    };
    await connected(...asked, { ...complete, lookups: [history] } as ServerFrame);
    const chart = await screen.findByRole("img", { name: /^P\/E of Coca-Cola/ });
    expect(chart).toHaveAccessibleName(
      "P/E of Coca-Cola, 13 Jun to 22 Aug P/E: 26.10 on 13 Jun 2026, 27.36 on 22 Aug 2026; " +
        "highest 28.40 on 18 Jul 2026, lowest 26.10 on 13 Jun 2026.",
    );
    expect(chart.querySelector("polyline")?.getAttribute("points")?.split(" ")).toHaveLength(3);
    await userEvent.click(screen.getByText("3 figures as a table"));
    expect(screen.getByRole("row", { name: "18 Jul 2026 28.40" })).toBeVisible();
  });

  it("a figure shows its source, its formula, or what the analysis says instead", async () => {
    show();
    await connected(...asked, complete);
    await userEvent.click(await screen.findByRole("button", { name: /^27\.36, verified/ }));
    const card = document.querySelector("[data-slot=figure-card]:popover-open, [data-slot=figure-card]");
    expect(card).toHaveTextContent("P/E · KO · 22 Aug27.36");
    expect(cited).toHaveBeenLastCalledWith(FIGURES[0]?.source);
    await userEvent.click(screen.getByRole("button", { name: /^1\.14 pp/ }));
    expect(card).toHaveTextContent("1.14 pp = 3.48 % − 2.34 %");
    expect(card).toHaveTextContent("Dividend yield, peers' median · KO · 22 Aug3.48 %");
    await userEvent.click(screen.getByRole("button", { name: "8.03, not found in the analysis" }));
    expect(card).toHaveTextContent(
      "The analysis has no such figure. Its P/E is 27.36.P/E · KO · 22 Aug27.36",
    );
  });

  it("shows what is looked up while it runs, and tables as tables", async () => {
    show();
    const running: ServerFrame = {
      type: "ai_lookup",
      turn_id,
      attempt: 1,
      ...LOOKUP,
      status: "running",
      result: null,
      seq: 2,
    };
    const socket = await connected(...asked, running);
    expect(await screen.findByText("Comparing KO and PEP…")).toBeVisible();
    socket.send({ ...complete, seq: 3 } as ServerFrame);
    expect(await screen.findByText("Looking up KO, 1 Aug: nothing found")).toBeVisible();
    const table = within(await screen.findByRole("region", { name: "Comparing KO and PEP" })).getByRole(
      "table",
    );
    expect(within(table).getByRole("row", { name: "PEP PepsiCo 19.80 61.2" })).toBeVisible();
    expect(within(table).getByRole("link", { name: "PEP" })).toHaveAttribute("href", "/company/PEP");
    expect(
      within(table)
        .getAllByRole("columnheader")
        .map(({ textContent }) => textContent),
    ).toEqual(["Ticker", "Company", "P/E", "Score"]);
  });
});

describe("the connection", () => {
  it("says that it was lost and that the questions are kept", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.99);
    show();
    const socket = await connected();
    socket.close(4500);
    expect(await screen.findByText("Connection lost. Reconnecting; your messages are kept.")).toBeVisible();
  });

  it("says once and plainly that no language model answers, and calls nothing but the connection offline", async () => {
    show();
    const [ready, snapshot] = recorded("answered");
    if (ready?.type !== "ready" || !snapshot) throw new Error("the recording is too short");
    await connected({ ...ready, model: "offline" }, snapshot);
    expect(await screen.findAllByText(/Not investment advice\./)).toHaveLength(1);
    expect(screen.getByText(/^Quote mode: answers are put together/)).toBeVisible();
    expect(screen.getByText("· quote mode")).toBeVisible();
    expect(screen.queryByText(/offline/i)).toBeNull();
  });
});

it("a conversation that is deleted can be taken back", async () => {
  show();
  await connected(...recorded("answered"));
  const { sessionId } = chat.store.getState();
  const deleted = vi.fn();
  vi.stubGlobal("fetch", deleted);
  await screen.findByRole("button", { name: "Ask again" });
  // jsdom has no popovers: what is inside is hidden to the eye only.
  await userEvent.click(screen.getByRole("button", { name: "Delete this conversation", hidden: true }));
  expect(chat.store.getState()).toMatchObject({ messages: [] });
  expect(chat.store.getState().sessionId).not.toBe(sessionId);
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(chat.store.getState().sessionId).toBe(sessionId);
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  expect(deleted).not.toHaveBeenCalled();
});

it("hides and comes back by its key, and remembers it", async () => {
  show();
  await connected();
  await userEvent.keyboard("]");
  expect(screen.queryByLabelText("Your question")).toBeNull();
  expect(localStorage.getItem("tickertalk.sidebar.open")).toBe("false");
  await userEvent.click(screen.getByRole("button", { name: "Ask" }));
  await waitFor(() => expect(screen.getByLabelText("Your question")).toHaveFocus());
});
