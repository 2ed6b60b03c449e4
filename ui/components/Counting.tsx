import { useState } from 'react';

/** Words that change every second are for the eye: where changes are read aloud, those of the beginning are heard, once. */
export function Counting({ children: words }: { children: string }) {
  const [first] = useState(words);
  return (
    <>
      <span aria-hidden className="tabular-nums">{words}</span>
      <span className="sr-only">{first}</span>
    </>
  );
}
