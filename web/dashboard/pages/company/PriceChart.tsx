import { longDate, money } from "@shared/lib/format";
import { AreaSeries, ColorType, createChart, type IChartApi, LineStyle } from "lightweight-charts";
import { useEffect, useRef } from "react";
import type { PricePoint } from "@/api/types";

/** Daily prices. The dates are sessions: the day before the snapshot that reports them. */
export default function PriceChart({
  prices,
  markedDate,
}: {
  prices: PricePoint[];
  markedDate: string | null;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    return drawChart(box.current, prices, markedDate);
  }, [prices, markedDate]);

  const first = prices[0];
  const last = prices.at(-1);
  const summary =
    first && last
      ? `Price from ${money(first.price)} on ${longDate(first.date)} to ${money(last.price)} on ${longDate(last.date)}`
      : "No prices";
  return (
    <figure>
      <div ref={box} role="img" aria-label={summary} className="h-60" />
      <figcaption className="mt-1 text-right text-2xs text-muted">
        Chart by{" "}
        <a
          href="https://www.tradingview.com/"
          target="_blank"
          rel="noopener noreferrer"
          className="underline underline-offset-2 hover:text-text"
        >
          TradingView Lightweight Charts
        </a>
      </figcaption>
    </figure>
  );
}

function drawChart(box: HTMLElement, prices: PricePoint[], markedDate: string | null): () => void {
  const chart = createChart(box, {
    autoSize: true,
    layout: {
      attributionLogo: false,
      background: { type: ColorType.Solid, color: "transparent" },
      fontSize: 11,
    },
    grid: { vertLines: { visible: false } },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.08 } },
    timeScale: { borderVisible: false, fixLeftEdge: true, fixRightEdge: true },
    crosshair: {
      horzLine: { labelVisible: false, style: LineStyle.Dotted },
      vertLine: { style: LineStyle.Dotted },
    },
    localization: { priceFormatter: (price: number) => money(price), locale: "en-GB" },
    // The page scrolls with the wheel and the finger; the chart fits and needs neither.
    handleScroll: false,
    handleScale: false,
  });
  const series = chart.addSeries(AreaSeries, {
    lineWidth: 2,
    priceLineVisible: false,
    lastValueVisible: false,
  });
  series.setData(prices.map(({ date, price }) => ({ time: date, value: price })));
  const marked = prices.find(({ date }) => date === markedDate);
  const line = marked
    ? series.createPriceLine({
        price: marked.price,
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
        axisLabelVisible: false,
        title: "",
      })
    : null;
  chart.timeScale().fitContent();

  function paint(): void {
    const color = colors();
    paintChart(chart, color);
    series.applyOptions({
      lineColor: color.accent,
      topColor: withAlpha(color.accent, 0.2),
      bottomColor: withAlpha(color.accent, 0),
    });
    line?.applyOptions({ color: color.muted });
  }
  paint();
  const observer = new MutationObserver(paint);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", paint);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", paint);
    chart.remove();
  };
}

interface Colors {
  accent: string;
  muted: string;
  border: string;
}

function paintChart(chart: IChartApi, { muted, border }: Colors): void {
  chart.applyOptions({
    layout: { textColor: muted, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { horzLines: { color: withAlpha(border, 0.2) } },
    crosshair: { vertLine: { color: muted, labelBackgroundColor: muted }, horzLine: { color: muted } },
  });
}

/** The canvas does not know the page's variables: it is told their values. */
function colors(): Colors {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return { accent: value("--accent"), muted: value("--muted"), border: value("--border") };
}

function withAlpha(hex: string, alpha: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}
