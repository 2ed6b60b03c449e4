/** Answers that are one press away. What is pressed is said as any other words. */
export function Choices({ label, choices, say }: { label: string; choices: readonly string[]; say: (text: string) => void }) {
  if (choices.length === 0) return null;
  return (
    <div class="choices" role="group" aria-label={label}>
      {choices.map((choice) => <button key={choice} type="button" dir="auto" onClick={() => say(choice)}>{choice}</button>)}
    </div>
  );
}
