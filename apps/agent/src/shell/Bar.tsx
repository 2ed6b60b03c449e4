import { Menu as MenuIcon, Settings } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { useAppText } from '../text.ts';
import { ConnectionLine } from './ConnectionMark.tsx';
import { NavFace, NavLink, navStyle, useIsHere } from './NavLink.tsx';
import { StateAndBell } from './StateAndBell.tsx';
import { useAccountEntries } from './use-account-entries.ts';
import { type Place, usePlaces } from './use-places.ts';

/** What people go to all day; as many as have room for their whole names in every language. */
const AT_HAND: readonly string[] = ['/inbox', '/commitments', '/search'];

/** Below the screen of a phone: a few places, the rest behind one button. */
export function Bar({ me }: { me: MeView }) {
  const t = useAppText();
  const { true: atHand = [], false: rest = [] } = Object.groupBy(usePlaces(me), ({ href }) => `${AT_HAND.includes(href)}`);
  return (
    <nav aria-label={t('app.places')} className="shrink-0 border-t border-hairline bg-canvas px-1 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))]">
      <ConnectionLine />
      <div className="flex flex-wrap items-center justify-end">
        {atHand
          .toSorted((a, b) => AT_HAND.indexOf(a.href) - AT_HAND.indexOf(b.href))
          .map(({ label, ...place }) => <NavLink key={place.href} look="rail" {...place}>{label}</NavLink>)}
        <More me={me} places={rest} />
        <div className="flex w-22 shrink-0 items-center justify-end">
          <StateAndBell me={me} />
        </div>
      </div>
    </nav>
  );
}

function More({ me, places }: { me: MeView; places: readonly Place[] }) {
  const t = useAppText();
  const account = useAccountEntries(me);
  const isHere = useIsHere('/settings', ...places.map(({ href }) => href));
  const waiting = places.find((place) => place.waiting)?.waiting;
  return (
    <Menu
      label={t('app.more')}
      placement="top"
      trigger={
        <AriaButton className={navStyle('rail', isHere)}>
          <NavFace icon={MenuIcon} look="rail" {...(waiting && { waiting })}>{t('app.more')}</NavFace>
        </AriaButton>
      }
      groups={[
        {
          title: t('app.places'),
          entries: [
            ...places.map(({ href, label, icon, waiting: some }) => ({ id: href, label, icon, href, ...(some && { hint: some.inWords }) })),
            { id: 'settings', label: t('app.settings'), icon: Settings, href: '/settings' },
          ],
        },
        { title: account.title, entries: [account.profile, account.shortcuts, ...account.presence, account.signOut] },
        account.languages,
        account.themes,
      ]}
    />
  );
}
