import { useId, useState } from 'react';
import { linkPieces, type Piece } from '../../core/words.ts';
import { foldedText } from '../../core/timeline.ts';
import { useTicketsText } from '../text.ts';

/** What somebody wrote: never more than text with links, each paragraph in its own direction. */
export function WrittenText({ text }: { text: string }) {
  const t = useTicketsText();
  const [isOpen, setOpen] = useState(false);
  const { shown, isFolded } = foldedText(text);
  return (
    <div className="max-w-reading">
      <Plain text={isOpen ? text : shown} />
      {isFolded && <Unfold isOpen={isOpen} onToggle={() => setOpen(!isOpen)} more={t('tickets.entry.rest')} less={t('tickets.entry.fold')} />}
    </div>
  );
}

/** What was quoted, and signatures; mostly known already, so it waits behind a button, one press away. */
export function Quoted({ text }: { text: string }) {
  const t = useTicketsText();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="max-w-reading">
      <Unfold isOpen={isOpen} controls={id} onToggle={() => setOpen(!isOpen)} more={t('tickets.entry.quoted')} less={t('tickets.entry.fold')} />
      <div id={id} role="group" aria-label={t('tickets.entry.quoted_part')} hidden={!isOpen} className="mt-1.5 border-s-2 border-hairline ps-3 text-ink-soft">
        {isOpen && <Plain text={text} />}
      </div>
    </div>
  );
}

const Plain = ({ text }: { text: string }) => (
  <div dir="auto" className="written whitespace-pre-wrap">
    {linkPieces(text).map((piece, index) => <Words key={index} {...piece} />)}
  </div>
);

const Words = ({ text, href, ltr }: Piece) => {
  if (ltr) return <bdi dir="ltr">{text}</bdi>;
  if (!href) return text;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent-ink underline decoration-accent-ink/35 underline-offset-3 hover:decoration-current">
      {text}
    </a>
  );
};

const Unfold = ({ isOpen, controls, onToggle, more, less }: { isOpen: boolean; controls?: string; onToggle: () => void; more: string; less: string }) => (
  <button
    type="button"
    aria-expanded={isOpen}
    aria-controls={controls}
    onClick={onToggle}
    className="mt-1.5 inline-flex h-6 items-center rounded-[4px] bg-sunken px-2 text-12 text-ink-soft hover:bg-pressed hover:text-ink pointer-coarse:h-11"
  >
    {isOpen ? less : more}
  </button>
);
