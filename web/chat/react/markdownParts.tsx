import type { CSSProperties, ReactNode } from "react";
import type { Components } from "streamdown";
import { FigureMark } from "./FigureMarks";

/** How the parts of an answer are set: sizes of the sidebar, not of a document. */
export const MARKDOWN_PARTS: Components = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  p: ({ children }: Part) => <p dir="auto">{children}</p>,
  ul: ({ children }: Part) => (
    <ul className="flex list-disc flex-col gap-1 pl-5 marker:text-muted">{children}</ul>
  ),
  ol: ({ children, start }: Part & { start?: number | undefined }) => (
    <ol start={start} className="flex list-decimal flex-col gap-1 pl-5 marker:text-muted">
      {children}
    </ol>
  ),
  li: ({ children }: Part) => (
    <li dir="auto" className="pl-0.5">
      {children}
    </li>
  ),
  strong: ({ children }: Part) => <strong className="font-semibold">{children}</strong>,
  blockquote: ({ children }: Part) => (
    <blockquote className="border-border border-l-2 pl-3 text-muted">{children}</blockquote>
  ),
  mark: FigureMark,
  hr: () => <hr className="border-line" />,
  a: SafeLink,
  inlineCode: ({ children }: Part) => (
    <code className="rounded bg-raised px-1 font-mono text-[0.85em]">{children}</code>
  ),
  code: ({ children }: Part) => <CodeBlock>{children}</CodeBlock>,
  pre: ({ children }: Part) => children,
  table: ({ children }: Part) => (
    <div className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full border-collapse text-sm">{children}</table>
    </div>
  ),
  thead: ({ children }: Part) => <thead className="bg-surface">{children}</thead>,
  // The corner of a table heads nothing.
  th: ({ children, style }: Part) =>
    children ? (
      <th
        style={style}
        className="border-line border-b px-2.5 py-1.5 text-left font-medium text-muted text-xs"
      >
        {children}
      </th>
    ) : (
      <td className="border-line border-b" />
    ),
  td: ({ children, style }: Part) => (
    <td style={style} className="border-line border-b px-2.5 py-1.5 align-top">
      {children}
    </td>
  ),
};

interface Part {
  children?: ReactNode | undefined;
  style?: CSSProperties | undefined;
  node?: unknown;
}

function Heading({ children }: Part) {
  return (
    <h4 dir="auto" className="mt-1 font-semibold">
      {children}
    </h4>
  );
}

function CodeBlock({ children }: Part) {
  return (
    <pre className="overflow-x-auto rounded-lg bg-surface p-3 font-mono text-xs leading-5">
      <code>{children}</code>
    </pre>
  );
}

/** Only web addresses become links; they open elsewhere and learn nothing of this page. */
function SafeLink({ href, children }: Part & { href?: string | undefined }) {
  if (!href || !/^https?:\/\//i.test(href)) return <span>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent underline underline-offset-2"
    >
      {children}
    </a>
  );
}
