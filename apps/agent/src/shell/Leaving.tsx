import { useEffect } from 'react';
import type { MeView } from '../../../../features/people/core/contract.ts';
import { errorText } from '../../../../platform/browser/error-text.ts';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { useAppText } from '../text.ts';
import { leaveAnyway, readyToLeave, stay, useAsked } from './leave.ts';

/** Asks before texts are lost that are in this browser alone. */
export function Leaving({ me }: { me: MeView }) {
  const t = useAppText();
  const count = useAsked();
  useEffect(readyToLeave, []);
  return (
    <ConfirmDialog isOpen={count > 0} onClose={stay} title={t('app.leaving')} verb={t('app.leaving.anyway')} errorText={errorText} onConfirm={() => leaveAnyway(me.id)}>
      {t('app.leaving.why', { count })}
    </ConfirmDialog>
  );
}
