/** Figures as text: fixed decimals, a true minus, money with its unit. Missing is the caller's to say. */

const MINUS = "−";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Rounded as Python rounds (the exact binary value), so that a figure reads the same here and in an answer. */
export function decimal(value: number, digits: number): string {
  const [whole = "0", part] = Math.abs(value).toFixed(digits).split(".");
  const text = GROUPED.format(Number(whole)) + (part === undefined ? "" : `.${part}`);
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** With its sign; zero has none. */
export function signed(value: number, digits: number): string {
  const text = decimal(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A fraction as a percentage: 0.0234 is "2.34%". */
export function percent(fraction: number, digits = 2): string {
  return `${decimal(fraction * 100, digits)}%`;
}

/** The difference of two fractions in percentage points. */
export function percentagePoints(difference: number): string {
  return `${signed(difference * 100, 2)} pp`;
}

const SCALES: ReadonlyArray<readonly [number, string]> = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
];

/** Money: "$391.96B", and cents below a thousand: "$68.12". */
export function money(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : "";
  // Prices stay exact; only amounts nobody reads to the dollar are scaled.
  if (size < 1e5) return `${sign}$${decimal(size, 2)}`;
  for (const [scale, unit] of SCALES) if (size >= scale) return `${sign}$${(size / scale).toFixed(2)}${unit}`;
  return `${sign}$${size}`;
}

export function exactMoney(value: number): string {
  return `${value < 0 ? MINUS : ""}$${GROUPED.format(Math.abs(value))}`;
}

/** "2026-08-22" as "22 Aug". */
export function shortDate(isoDate: string): string {
  const [, month, day] = isoDate.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}`;
}

const LONG_MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "22 August", to be heard. */
export function dayAndMonth(isoDate: string): string {
  const [, month, day] = isoDate.split("-");
  return `${Number(day)} ${LONG_MONTHS[Number(month) - 1] ?? month}`;
}

export function longDate(isoDate: string): string {
  return `${shortDate(isoDate)} ${isoDate.slice(0, 4)}`;
}

/** A snapshot reports the session of the day before it. */
export function sessionBefore(isoDate: string): string {
  const day = new Date(`${isoDate}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

export function ordinal(position: number): string {
  const tens = position % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][position % 10] ?? "th");
  return `${position}${suffix}`;
}

/** Local wall-clock time: "14:05". */
export function clock(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** "today 14:05", "yesterday 14:05", "22 Aug 14:05". */
export function moment(milliseconds: number, now: number): string {
  const then = new Date(milliseconds);
  const days = Math.round(
    (new Date(now).setHours(0, 0, 0, 0) - new Date(milliseconds).setHours(0, 0, 0, 0)) / 86_400_000,
  );
  const day =
    days === 0 ? "Today" : days === 1 ? "Yesterday" : `${then.getDate()} ${MONTHS[then.getMonth()]}`;
  return `${day} ${clock(milliseconds)}`;
}
