import { useRouterState } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import { Link } from '../../../../ui/components/Link.tsx';
import { classes } from '../../../../ui/classes.ts';
import type { Waiting } from './use-places.ts';

type Look = 'rail' | 'list';
type FaceProps = { icon: LucideIcon; children: string; look: Look; waiting?: Waiting };
type NavLinkProps = FaceProps & { href: string };

const LOOKS = {
  rail: 'h-13 w-full flex-col justify-center gap-0.5 px-0 text-12 tracking-tight max-wide:h-14 max-wide:min-w-fit max-wide:flex-1',
  list: 'min-h-row gap-2.5 px-2.5 text-14',
};

export const navStyle = (look: Look, isHere: boolean): string => classes(
  'relative flex min-w-0 items-center rounded-control transition-colors',
  LOOKS[look],
  isHere ? 'bg-accent-tint font-medium text-on-accent-tint' : 'text-ink-soft hover:bg-pressed/60 hover:text-ink',
);

/** Whether what is shown is one of these places, or inside of one. */
export const useIsHere = (...hrefs: readonly string[]): boolean =>
  useRouterState({ select: ({ location: { pathname } }) => hrefs.some((href) => pathname === href || pathname.startsWith(`${href}/`)) });

/** A place in the app; says so when we are there. */
export function NavLink({ href, ...face }: NavLinkProps) {
  const isHere = useIsHere(href);
  return (
    <Link look="bare" href={href} {...(isHere && { 'aria-current': 'page' as const })} className={navStyle(face.look, isHere)}>
      <NavFace {...face} />
    </Link>
  );
}

export const NavFace = ({ icon: Icon, children, look, waiting }: FaceProps) => (
  <>
    <Icon aria-hidden size={look === 'rail' ? 20 : 16} strokeWidth={1.75} className="shrink-0" />
    <span className={look === 'rail' ? 'max-w-full truncate' : 'min-w-0 py-1'}>{children}</span>
    {waiting && (
      <>
        <span aria-hidden className="absolute start-1/2 top-0.5 ms-1 rounded-full bg-accent px-1 text-12 leading-4 font-medium text-on-accent tabular-nums">{waiting.figure}</span>
        <span className="sr-only">{waiting.inWords}</span>
      </>
    )}
  </>
);
