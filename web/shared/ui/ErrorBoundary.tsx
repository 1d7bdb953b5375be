import { Component, type ReactNode } from "react";

interface Props {
  /** Shown in place of children that failed to render; `again` tries them once more. */
  fallback: (again: () => void) => ReactNode;
  /** A change of this forgets the failure. */
  resetKey?: string | undefined;
  children: ReactNode;
}

/** Keeps a fault in one part from taking the others with it. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    reportError(error);
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed
      ? this.props.fallback(() => this.setState({ failed: false }))
      : this.props.children;
  }
}
