import { useState } from 'preact/hooks';

/** Who somebody is, at a glance; the name stands beside it. */
export function Face({ name, face }: { name: string; face: string | null }) {
  const [isGone, setGone] = useState<string | null>(null);
  if (face === null || isGone === face) return <span class="face" aria-hidden="true">{initialsOf(name)}</span>;
  return <img class="face" src={face} alt="" width="28" height="28" onError={() => setGone(face)} />;
}

/** Joined Arabic letters would read as another word. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 && !/\p{Script=Arabic}/u.test(name) ? [words[0]!, words.at(-1)!] : words.slice(0, 1);
  return ends.map((word) => [...word][0]!.toLocaleUpperCase()).join('');
}
