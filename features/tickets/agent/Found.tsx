import { foundPieces } from '../core/words.ts';

/** Text with the words of a search marked. */
export const Found = ({ text, query }: { text: string; query: string }) =>
  query === ''
    ? text
    : foundPieces(text, query).map((piece, index) =>
        piece.found ? <mark key={index} className="rounded-[2px] bg-note text-on-note">{piece.text}</mark> : piece.text);
