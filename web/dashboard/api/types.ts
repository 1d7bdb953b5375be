import type { AnalysisStep, Metric } from "@chat/protocol/http.gen";

export type {
  AnalysisDetail,
  AnalysisRow,
  AnalysisStep,
  Company,
  CompanyChanges,
  Metric,
  PricePoint,
  RationaleItem,
  SessionRow,
} from "@chat/protocol/http.gen";

export type Rating = AnalysisStep["rating"];
export type Unit = Metric["unit"];
