import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { keysText, useShortcut } from '../../../../platform/browser/shortcuts.ts';
import { isWide } from '../../../../platform/browser/wide.ts';
import { classes } from '../../../../ui/classes.ts';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { Tooltip } from '../../../../ui/components/Tooltip.tsx';
import { myPresence } from '../queries.ts';
import { useRoutingText } from '../text.ts';
import { STATE_ICONS, useStateName } from './states.ts';

const PresencePanel = lazy(async () => ({ default: (await import('./PresencePanel.tsx')).PresencePanel }));
const KEYS = { code: 'KeyP' } as const;

/** What one is to the queues, in sight where there are any; a press changes it. */
export function PresenceButton({ hereHref }: { /** Where everybody is seen; null for who may not. */ hereHref: string | null }) {
  const t = useRoutingText();
  const nameOf = useStateName();
  const { data: presence } = useQuery(myPresence);
  const [isOpen, setOpen] = useState(false);
  useShortcut({ code: KEYS.code, label: t('routing.presence.change'), group: t('routing.shortcuts'), disabled: !presence?.queuesExist }, () => setOpen(true));
  if (!presence?.queuesExist) return null;
  const Icon = STATE_ICONS[presence.effective];
  const name = nameOf(presence);
  const isOn = presence.effective === 'online';
  return (
    <Popover
      label={t('routing.presence')}
      placement={isWide() ? 'end bottom' : 'top'}
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-80 max-w-[calc(100vw-2rem)]"
      trigger={
        <Tooltip text={t('routing.presence.change')} keys={keysText(KEYS)}>
          <AriaButton
            aria-label={t('routing.presence.of', { state: name })}
            className={classes(
              'flex min-h-11 w-full min-w-11 max-w-full flex-col items-center justify-center gap-0.5 rounded-control text-12 tracking-tight hover:bg-pressed/60 max-wide:w-11',
              isOn ? 'text-accent-ink' : 'text-ink-soft',
            )}
          >
            <Icon aria-hidden size={18} strokeWidth={1.75} className="shrink-0" />
            <span dir="auto" className="line-clamp-2 max-w-full text-center leading-4 max-wide:sr-only">{name}</span>
          </AriaButton>
        </Tooltip>
      }
    >
      {(close) => (
        <Suspense fallback={<SkeletonRows count={3} />}>
          <PresencePanel presence={presence} hereHref={hereHref} onClose={close} />
        </Suspense>
      )}
    </Popover>
  );
}
