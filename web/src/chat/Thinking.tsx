/** Before the first word: what is being read. */
export function Thinking({ words }: { words: string }) {
  return (
    <p data-slot="thinking" className="flex items-center gap-2.5 text-muted text-sm">
      <span aria-hidden="true" className="flex gap-1">
        {["[animation-delay:0ms]", "[animation-delay:150ms]", "[animation-delay:300ms]"].map((delay) => (
          <span key={delay} className={`size-1.5 animate-pulse rounded-full bg-accent ${delay}`} />
        ))}
      </span>
      {words}
    </p>
  );
}
