import type { ReactNode } from "react";

/** The page's one `h1`, and the tab's title. */
export function PageTitle({
  title,
  hidden = false,
  children,
}: {
  title: string;
  hidden?: boolean;
  children?: ReactNode;
}) {
  return (
    <>
      <title>{`${title} · Tickertalk`}</title>
      <h1 className={hidden ? "sr-only" : "font-semibold text-xl leading-7 tracking-tight"}>
        {children ?? title}
      </h1>
    </>
  );
}
