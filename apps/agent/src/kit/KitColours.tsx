import { Shelf } from './Shelf.tsx';

const SURFACES = ['bg-canvas', 'bg-surface', 'bg-raised', 'bg-sunken', 'bg-hover', 'bg-pressed'];
const TINTS = [
  ['bg-accent text-on-accent', 'accent'],
  ['bg-accent-tint text-on-accent-tint', 'accent tint'],
  ['bg-note text-on-note', 'note'],
  ['bg-danger text-on-danger', 'danger'],
  ['bg-danger-tint text-on-danger-tint', 'danger tint'],
  ['bg-good-tint text-on-good-tint', 'good tint'],
] as const;
const SIZES = ['text-12', 'text-13', 'text-14', 'text-16', 'text-20', 'text-24', 'text-32'];

export const KitColours = () => (
  <>
    <Shelf title="Colour">
      {SURFACES.map((surface) => (
        <div key={surface} className={`flex h-16 w-32 flex-col justify-end rounded-control border border-hairline p-2 ${surface}`}>
          <span className="text-12">{surface.slice(3)}</span>
          <span className="text-12 text-ink-faint">faint</span>
        </div>
      ))}
      {TINTS.map(([style, name]) => (
        <div key={name} className={`flex h-16 w-32 items-end rounded-control p-2 text-12 ${style}`}>
          {name}
        </div>
      ))}
      <p className="w-full text-14">
        Ink, <span className="text-ink-soft">soft ink</span>, <span className="text-ink-faint">faint ink</span>, <span className="text-accent-ink">accent</span>,{' '}
        <span className="text-danger-ink">danger</span>, <span className="text-good-ink">good</span>, <span className="text-note-ink">note</span>
      </p>
    </Shelf>
    <Shelf title="Type">
      <div className="flex flex-col gap-1">
        {SIZES.map((size) => (
          <p key={size} className={size}>
            Счупена кана, zażółć gęślą jaźń, <bdi>الغلاية وصلت مكسورة</bdi>, 1 042
          </p>
        ))}
      </div>
    </Shelf>
  </>
);
