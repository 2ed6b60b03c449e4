import { Settings } from 'lucide-react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { useAppText } from '../text.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { ConnectionMark } from './ConnectionMark.tsx';
import { Mark } from './Mark.tsx';
import { NavLink } from './NavLink.tsx';
import { StateAndBell } from './StateAndBell.tsx';
import { usePlaces } from './use-places.ts';

/** Every place, beside the screen. */
export function Rail({ me }: { me: MeView }) {
  const t = useAppText();
  return (
    <nav aria-label={t('app.places')} className="flex w-21 shrink-0 flex-col items-stretch gap-1 overflow-y-auto border-e border-hairline bg-canvas px-1 py-2.5">
      <div className="mb-2 flex justify-center">
        <Mark />
      </div>
      {usePlaces(me).map(({ label, ...place }) => <NavLink key={place.href} look="rail" {...place}>{label}</NavLink>)}
      <div className="flex-1" />
      <NavLink href="/settings" icon={Settings} look="rail">{t('app.settings')}</NavLink>
      <div className="flex flex-col items-center gap-2 pt-2">
        <ConnectionMark />
        <StateAndBell me={me} />
        <AccountMenu me={me} />
      </div>
    </nav>
  );
}
