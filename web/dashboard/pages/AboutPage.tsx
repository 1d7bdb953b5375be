import { isOfflineModel } from "@chat";
import { useChatStore } from "@chat/react";
import type { ReactNode } from "react";
import { PageTitle } from "@/components/PageTitle";
import { BUY_LINE, KEPT_FOR, SELL_LINE, START_SCORE } from "@/lib/rating";

export default function AboutPage() {
  const model = useChatStore((state) => state.model);
  return (
    <article className="max-w-2xl">
      <PageTitle title="About" />
      <Part title="Who answers">
        {model === null ? (
          <p>The chat is not connected, so it is not known which model answers.</p>
        ) : isOfflineModel(model) ? (
          <p>
            <strong className="font-semibold">{model}</strong>, in quote mode: answers are put together from
            the analyses, without a language model. With a Gemini key the same questions go to Gemini.
          </p>
        ) : (
          <p>
            <strong className="font-semibold">{model}</strong>, from the analysis on the page and the
            conversation so far. Under each answer stands the analysis it read.
          </p>
        )}
      </Part>
      <Part title="Who rates">
        <p>
          A rule called “points-1”, not a person. Every score starts at {START_SCORE}; price and earnings,
          valuation, dividend, trend and size beside the medians of the company's peers add and take points.
          At {BUY_LINE} it is a buy, under {SELL_LINE} a sell; the rating before is kept until the score is{" "}
          {KEPT_FOR} points past the line. A missing figure counts for nothing, and is said. Whether the rule
          predicts anything has not been tested. Nothing here is advice.
        </p>
      </Part>
      <Part title="Where the figures come from">
        <p>
          From the data set <em>S&amp;P 500 companies with financials</em>, in the public domain (PDDL): 503
          companies in 69 daily snapshots, 15 May to 22 August 2026. Thanks to Rufus Pollock and the Open
          Knowledge Foundation. A snapshot carries the close of the day before it.
        </p>
      </Part>
      <Part title="Made with">
        <p>
          Price charts by{" "}
          <a
            href="https://www.tradingview.com/"
            target="_blank"
            rel="noopener noreferrer"
            className="text-accent underline underline-offset-2"
          >
            TradingView Lightweight Charts™
          </a>
          , copyright TradingView, Inc., licensed under the Apache License 2.0. Tickertalk itself is open
          source under the MIT licence.
        </p>
      </Part>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-8">
      <h2 className="mb-1.5 font-semibold text-[0.9375rem]">{title}</h2>
      <div className="text-pretty text-[0.9375rem] leading-6">{children}</div>
    </section>
  );
}
