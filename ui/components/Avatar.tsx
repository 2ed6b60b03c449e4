import { useContext, useState } from 'react';
import { classes } from '../classes.ts';
import { faceOf, initialsOf } from './face.ts';
import { ShownFaces } from './shown-faces.ts';

const FACES = ['bg-face-1', 'bg-face-2', 'bg-face-3', 'bg-face-4', 'bg-face-5', 'bg-face-6', 'bg-face-7', 'bg-face-8'];
const SIZES = { small: 'size-5 text-[0.625rem]', normal: 'size-7 text-12', large: 'size-10 text-14' };

type AvatarProps = {
  /** Decides the colour, so that one person keeps theirs whatever they are called. */
  id: string;
  name: string;
  size?: keyof typeof SIZES;
};

/** The face that somebody shows, else one of two letters. The name stands beside it, so it is silent for screen readers. */
export function Avatar({ id, name, size = 'normal' }: AvatarProps) {
  const face = useContext(ShownFaces).get(id);
  const [gone, setGone] = useState<string>();
  if (face !== undefined && face !== gone) {
    return <img aria-hidden src={face} alt="" onError={() => setGone(face)} className={classes('inline-block shrink-0 rounded-full object-cover select-none', SIZES[size])} />;
  }
  return (
    <span
      aria-hidden
      data-initials={initialsOf(name)}
      className={classes(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold text-on-face select-none before:content-[attr(data-initials)]',
        SIZES[size],
        FACES[faceOf(id, FACES.length)],
      )}
    />
  );
}
