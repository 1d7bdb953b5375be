import { CHECKED_TEXT } from "@test/figures";
import { expect, it } from "vitest";
import { plainText } from "./plainText";

it.each([
  ["**P/E** is *27.36*, ***not*** __28__", "P/E is 27.36, not 28"],
  ["## Why\n> quoted\n* one\n+ two\n3. three", "Why\nquoted\n- one\n- two\n3. three"],
  ["see [the page](https://example.org/a)", "see the page"],
  ["2 * 3 * 4 and a_b_c and `x*y*z`", "2 * 3 * 4 and a_b_c and x*y*z"],
  ["\\$3.10 \\* 2", "$3.10 * 2"],
  ["```py\na = **b\n```", "a = **b"],
  ["| a | **b** |\n|---|--:|\n| 1 | 2 |", "a\tb\n1\t2"],
])("%j is pasted as %j", (markdown, plain) => {
  expect(plainText(markdown)).toBe(plain);
});

it("keeps every figure of an answer", () => {
  const plain = plainText(CHECKED_TEXT);
  expect(plain).not.toMatch(/[*|`]/);
  for (const figure of ["27.36", "19.80", "2.34 %", "$91.10", "91.87"]) expect(plain).toContain(figure);
});
