import { ArrowRightLeft, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../../ui/components/Button.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { useRoutingText } from '../text.ts';
import { HandoverDialog } from '../handover/HandoverDialog.tsx';
import { AbsenceDialog } from './AbsenceDialog.tsx';
import { AbsenceList, StandInList } from './AbsenceList.tsx';
import { useAway } from './use-away.ts';

/** When one is not here, and who stands in; and for whom one does. */
export function AbsenceScreen({ me, earlier }: { me: { readonly id: string; readonly name: string }; /** Those that are over. */ earlier: ReactNode }) {
  const t = useRoutingText();
  const [isPlanning, setPlanning] = useState(false);
  const [isHanding, setHanding] = useState(false);
  const { entry } = useAway(me);
  const plan = <Button tone="primary" icon={Plus} onPress={() => setPlanning(true)}>{t('routing.absence.new')}</Button>;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <p className="max-w-reading min-w-56 flex-1 text-13 text-ink-faint">{t('routing.absence.what')}</p>
        <div className="flex flex-wrap gap-2">
          {entry && <Button icon={entry.icon} onPress={entry.onAction}>{entry.label}</Button>}
          {plan}
        </div>
      </div>
      <AbsenceList personId={me.id} empty={t('routing.absence.none')} />
      <Section title={t('routing.absence.standing_in')} description={t('routing.absence.standing_in_what')}>
        <StandInList deputyId={me.id} empty={t('routing.absence.standing_in_none')} />
      </Section>
      {earlier}
      <Section title={t('routing.handover')} description={t('routing.handover.what')} actions={<Button icon={ArrowRightLeft} onPress={() => setHanding(true)}>{t('routing.handover.begin')}</Button>}>{null}</Section>
      <HandoverDialog isOpen={isHanding} myId={me.id} onClose={() => setHanding(false)} />
      <AbsenceDialog person={isPlanning ? me : null} isOwn onClose={() => setPlanning(false)} />
    </>
  );
}
