// Made by `npm run gen` from the gateway's OpenAPI document. Do not edit.

export interface Http {
  [k: string]: unknown;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "AnalysisDetail".
 */
export interface AnalysisDetail {
  ticker: string;
  as_of: string;
  rating: "buy" | "hold" | "sell";
  score: number;
  summary: string;
  metrics: Metric[];
  rationale: RationaleItem[];
  id: number;
  revision?: number;
  made_by?: string | null;
  company: Company;
  previous: PreviousRating | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Metric".
 */
export interface Metric {
  key: string;
  label: string;
  value: number | null;
  unit: "usd" | "ratio" | "fraction" | "points" | "text";
  as_of?: string | null;
  peers?: Peers | null;
  note?: string | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Peers".
 */
export interface Peers {
  group: string;
  n: number;
  median?: number | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "RationaleItem".
 */
export interface RationaleItem {
  key: string;
  label: string;
  points: number;
  low: number;
  high: number;
  sentence: string;
  counted?: boolean;
  value?: number | null;
  unit?: "usd" | "ratio" | "fraction" | "points" | "text";
  as_of?: string | null;
  peers?: Peers | null;
  without?: Without | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Without".
 */
export interface Without {
  score: number;
  rating: "buy" | "hold" | "sell";
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Company".
 */
export interface Company {
  ticker: string;
  name: string;
  sector: string | null;
  industry_group: string | null;
  sub_industry: string | null;
  not_rated: string | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "PreviousRating".
 */
export interface PreviousRating {
  id: number;
  as_of: string;
  rating: "buy" | "hold" | "sell";
  score: number;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "AnalysisRow".
 */
export interface AnalysisRow {
  ticker: string;
  name: string;
  sector: string | null;
  industry_group: string | null;
  rating: "buy" | "hold" | "sell" | null;
  score: number | null;
  as_of: string | null;
  previous: PreviousRating | null;
  price: number | null;
  price_earnings: number | null;
  dividend_yield: number | null;
  market_cap: number | null;
  sparkline: number[];
  not_rated: string | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "AnalysisStep".
 */
export interface AnalysisStep {
  id: number;
  as_of: string;
  rating: "buy" | "hold" | "sell";
  score: number;
  summary: string;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "ChangesOnMarket".
 */
export interface ChangesOnMarket {
  compared: number;
  rating_changes: Move[];
  up: Move[];
  down: Move[];
  first: string;
  last: string;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Move".
 */
export interface Move {
  ticker: string;
  name: string;
  before: Rated;
  after: Rated;
  difference: number;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Rated".
 */
export interface Rated {
  id: number;
  as_of: string;
  rating: "buy" | "hold" | "sell";
  score: number;
  revision: number;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "CompanyChanges".
 */
export interface CompanyChanges {
  company: Company;
  before: Rated;
  after: Rated;
  difference: number;
  sentences: string[];
  items: ItemChange[];
  figures: FigureChange[];
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "ItemChange".
 */
export interface ItemChange {
  key: string;
  label: string;
  before: number | null;
  after: number | null;
  difference: number;
  sentence: string;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "FigureChange".
 */
export interface FigureChange {
  key: string;
  label: string;
  unit: "usd" | "ratio" | "fraction" | "points" | "text";
  before: number | null;
  after: number | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "ComparedCompany".
 */
export interface ComparedCompany {
  company: Company;
  analysis: Rated;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "ComparedFigure".
 */
export interface ComparedFigure {
  key: string;
  label: string;
  unit: "usd" | "ratio" | "fraction" | "points" | "text";
  values: (number | null)[];
  better: string[];
  better_end: "lowest" | "highest" | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "ComparedReason".
 */
export interface ComparedReason {
  key: string;
  label: string;
  points: (number | null)[];
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Comparison".
 */
export interface Comparison {
  companies: ComparedCompany[];
  figures: ComparedFigure[];
  reasons: ComparedReason[];
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Figure".
 */
export interface Figure {
  start: number;
  end: number;
  text: string;
  verdict: "quoted" | "matched" | "derived" | "given" | "mislabelled" | "unsupported" | "unsure";
  state: "verified" | "flagged" | "unsure";
  source?: Source | null;
  formula?: string | null;
  operands?: Source[];
  says?: Source | null;
  why?: string | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Source".
 */
export interface Source {
  ticker: string;
  analysis_id: number | null;
  revision: number;
  as_of: string | null;
  where: string;
  shown: string;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "FollowedTickers".
 */
export interface FollowedTickers {
  tickers: string[];
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "HttpError".
 */
export interface HttpError {
  code: string;
  message: string;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Lookup".
 */
export interface Lookup {
  n: number;
  tool: string;
  words: string;
  status: "running" | "ok" | "failed";
  sources: Source[];
  result?: Table | null;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Table".
 */
export interface Table {
  columns: string[];
  rows: string[][];
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Message".
 */
export interface Message {
  id: number;
  turn_id: string;
  role: "user" | "assistant";
  content: string;
  finish_reason: "stop" | "max_tokens" | "safety" | "cancelled" | null;
  context_ticker: string | null;
  analysis_id: number | null;
  as_of: string | null;
  model: string | null;
  usage: SharedFramesTurnEvents_Usage | null;
  created_at: string;
  figures?: Figure[];
  lookups?: Lookup[];
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "shared_frames_turn_events_Usage".
 */
export interface SharedFramesTurnEvents_Usage {
  input_tokens?: number;
  output_tokens?: number;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "MessagePage".
 */
export interface MessagePage {
  messages: Message[];
  has_more: boolean;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "PricePoint".
 */
export interface PricePoint {
  date: string;
  price: number;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "SeenAnalyses".
 */
export interface SeenAnalyses {
  seen: {
    [k: string]: number;
  };
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "SessionRow".
 */
export interface SessionRow {
  session_id: string;
  title: string | null;
  context_ticker: string | null;
  created_at: string;
  updated_at: string;
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "Watched".
 */
export interface Watched {
  ticker: string;
  name: string;
  not_rated: string | null;
  newest: Rated | null;
  seen: Rated | null;
  difference: number | null;
  sentences: string[];
}
/**
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "gateway_store_past_conversations_Usage".
 */
export interface GatewayStorePastConversations_Usage {
  day: string;
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  budget: number;
  resets_at: string;
}
/**
 * What each route answers to a GET.
 *
 * This interface was referenced by `Http`'s JSON-Schema
 * via the `definition` "HttpGet".
 */
export interface HttpGet {
  "/api/analyses": AnalysisRow[];
  "/api/analyses/{ticker}": AnalysisDetail;
  "/api/analyses/{ticker}/history": AnalysisStep[];
  "/api/prices/{ticker}": PricePoint[];
  "/api/analyses/{ticker}/changes": CompanyChanges;
  "/api/changes": ChangesOnMarket;
  "/api/compare": Comparison;
  "/api/watchlist": Watched[];
  "/api/sessions": SessionRow[];
  "/api/sessions/{session_id}/messages": MessagePage;
  "/api/usage": GatewayStorePastConversations_Usage;
}
