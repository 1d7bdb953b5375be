import { CHECKED_TEXT, FIGURES } from "@test/figures";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import { createChat } from "../core/createChat";
import type { Figure } from "../protocol/frames.gen";
import { blockPlaces } from "./blockPlaces";
import { ChatProvider } from "./ChatProvider";
import type { ChatHost } from "./host";
import Markdown from "./Markdown";

const chat = createChat({ gateway: "http://localhost:8000", getToken: async () => "token" });
// Nothing here asks the page for more.
const host = { useCite: () => () => {} } as Partial<ChatHost> as ChatHost;
const wrapper = ({ children }: { children: ReactNode }) => (
  <ChatProvider chat={chat} host={host}>
    {children}
  </ChatProvider>
);

const figure = (text: string, start: number): Figure => ({
  start,
  end: start + text.length,
  text,
  verdict: "matched",
  state: "verified",
});

/** The n-th `shown` of the text as a figure. */
function nth(text: string, shown: string, n = 0): Figure {
  let at = -1;
  for (let found = 0; found <= n; found++) at = text.indexOf(shown, at + 1);
  return figure(shown, at);
}

function marked(text: string, figures: Figure[]) {
  const { container } = render(<Markdown text={text} figures={figures} />, { wrapper });
  const marks = [...container.querySelectorAll("[data-slot=figure]")];
  return { container, shown: marks.map(({ textContent }) => textContent), marks };
}

it("marks an answer cut anywhere, as far as it is written, and nothing twice", () => {
  const { container, rerender } = render(<Markdown text="" figures={[]} />, { wrapper });
  for (let length = 1; length <= CHECKED_TEXT.length; length += 7) {
    const told = FIGURES.filter(({ end }) => end <= length);
    rerender(<Markdown text={CHECKED_TEXT.slice(0, length)} figures={told} />);
    const shown = [...container.querySelectorAll("[data-slot=figure]")].map(({ textContent }) => textContent);
    expect(shown).toEqual(told.map(({ text }) => text));
  }
});

it.each([
  [
    "what stands behind a character that the parser escapes",
    "20~25 and 25 %",
    [["25 %", 0]],
    "20~25 and [25 %]",
  ],
  [
    "what stands in a list behind a sign",
    "- > 25 %\n- 3 %",
    [
      ["25 %", 0],
      ["3 %", 0],
    ],
    null,
  ],
  ["the second of two that look alike", "3.1 and 3.1", [["3.1", 1]], "3.1 and [3.1]"],
  ["one beside an escape", "\\$3.10 \\* 3.10", [["3.10", 1]], "$3.10 * [3.10]"],
  ["one in a link", "see [12 %](https://example.org/12 %) and 12 %", [["12 %", 2]], null],
  ["one after an emoji", "📈📈 up 4.2 %", [["4.2 %", 0]], "📈📈 up [4.2 %]"],
  ["one in a heading", "## P/E 27.36\n\ntext 27.36", [["27.36", 0]], "P/E [27.36]text 27.36"],
  ["one in a later block", "27.36\n\n- 27.36\n- 27.36", [["27.36", 2]], null],
  [
    "neighbours",
    "1.5–2.5 %",
    [
      ["1.5", 0],
      ["2.5 %", 0],
    ],
    "[1.5]–[2.5 %]",
  ],
] as const)("marks %s", (_, text, wanted, expected) => {
  const { container, marks, shown } = marked(
    text,
    wanted.map(([part, n]) => nth(text, part, n)),
  );
  expect(shown).toEqual(wanted.map(([part]) => part));
  for (const mark of marks) mark.textContent = `[${mark.textContent}]`;
  if (expected !== null) expect(container.textContent).toBe(expected);
});

it("a figure whose place shows something else is not marked", () => {
  const wrong = { ...figure("99", 4), text: "99" };
  expect(marked("P/E 27.36", [wrong]).shown).toEqual([]);
});

it("the text is the same with marks and without", () => {
  const plain = marked(CHECKED_TEXT, []).container.textContent;
  expect(marked(CHECKED_TEXT, FIGURES).container.textContent).toBe(plain);
});

it("blocks that the parser completed or escaped are found again", () => {
  const ends = (text: string, blocks: string[]) =>
    blockPlaces(text, blocks).map(({ start, end }) => [start, end]);
  expect(ends("a\n\n**b", ["a\n\n", "**b**"])).toEqual([
    [0, 3],
    [3, 6],
  ]);
  expect(ends("~1\n\nb", ["\\~1\n\n", "b"])).toEqual([
    [0, 4],
    [4, 5],
  ]);
});
