/** A figure the source does not have: a dash, and why. Never zero. */
export function Missing({ reason }: { reason: string }) {
  return (
    <span title={reason} className="text-muted">
      <span aria-hidden="true">—</span>
      <span className="sr-only">{reason}</span>
    </span>
  );
}
