import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckboxGroup } from 'react-aria-components';
import { ROLES } from '../../../../kernel/actor.ts';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ListRow, RowList, Section } from '../../../../ui/layout/Section.tsx';
import { RecoveryCodes, type TwoStepView } from '../../core/two-step-contract.ts';
import { browserOf } from '../../core/user-agent.ts';
import { meQuery, refreshPeople, twoStepQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { RecoveryCodeList } from '../two-step/RecoveryCodeList.tsx';
import { AppSection } from './AppSection.tsx';
import { PasskeySection } from './PasskeySection.tsx';

/** How one proves who one is when signing in; for whoever manages the workspace, who must. */
export function SecurityScreen() {
  const errorText = useErrorText();
  const steps = useQuery(twoStepQuery);
  const { data: me } = useQuery(meQuery);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const t = usePeopleText();

  if (steps.isError) return <ErrorState onRetry={() => void steps.refetch()}>{errorText(steps.error)}</ErrorState>;
  if (!steps.data) return <SkeletonRows count={3} />;
  const has = steps.data.totpSince !== null || steps.data.passkeys.length > 0;
  return (
    <>
      <AppSection since={steps.data.totpSince} onCodes={setCodes} />
      <PasskeySection passkeys={steps.data.passkeys} isPossible={steps.data.passkeysPossible} onCodes={setCodes} />
      {has && <CodesSection left={steps.data.recoveryCodes} onCodes={setCodes} />}
      {steps.data.remembered.length > 0 && <RememberedSection devices={steps.data.remembered} />}
      {me?.permissions.includes('workspace.manage') && <RuleSection key={steps.data.required.join()} required={steps.data.required} />}
      <Dialog isOpen={codes !== null} onClose={() => undefined} isDismissable={false} title={t('people.recovery')}>
        <RecoveryCodeList codes={codes ?? []} onDone={() => setCodes(null)} />
      </Dialog>
    </>
  );
}

function CodesSection({ left, onCodes }: { left: number; onCodes: (codes: readonly string[] | null) => void }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const renew = useMutation({
    mutationFn: () => api.post('/me/two-step/recovery-codes', undefined, RecoveryCodes),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
    onSettled: () => refreshPeople(cache),
  });
  return (
    <Section
      title={t('people.recovery')}
      description={t('people.recovery.why')}
      actions={
        <Button isPending={renew.isPending} onPress={() => renew.mutate()}>
          {t('people.recovery.renew')}
        </Button>
      }
    >
      <p className="text-14">{t('people.recovery.left', { count: left })}</p>
      {renew.error && <Banner tone="danger">{errorText(renew.error)}</Banner>}
    </Section>
  );
}

function RememberedSection({ devices }: { devices: TwoStepView['remembered'] }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const format = useFormat();
  const cache = useQueryClient();
  const forget = useMutation({
    mutationFn: (id: string) => api.delete(`/me/two-step/devices/${id}`),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => refreshPeople(cache),
  });
  return (
    <Section title={t('people.remembered')} description={t('people.remembered.why')}>
      <RowList label={t('people.remembered')}>
        {devices.map((device) => {
          const name = browserOf(device.userAgent) ?? t('people.devices.unknown');
          return (
            <ListRow
              key={device.id}
              title={<span dir="ltr">{name}</span>}
              detail={
                <>
                  <bdi dir="ltr">{device.address}</bdi> · {t('people.remembered.until', { when: format.date(device.expiresAt) })}
                </>
              }
              actions={
                <Button size="small" onPress={() => forget.mutate(device.id)} aria-label={t('people.remembered.forget_of', { device: name })}>
                  {t('people.remembered.forget')}
                </Button>
              }
            />
          );
        })}
      </RowList>
    </Section>
  );
}

function RuleSection({ required }: { required: TwoStepView['required'] }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [roles, setRoles] = useState<string[]>(required);
  const save = useMutation({
    mutationFn: () => api.put('/workspace/two-step', { roles }, null),
    onSuccess: () => toast({ text: t('people.saved') }),
    onSettled: () => refreshPeople(cache),
  });
  return (
    <Section title={t('people.rule')} description={t('people.rule.why')}>
      <CheckboxGroup aria-label={t('people.rule')} value={roles} onChange={setRoles} className="flex flex-col gap-2">
        {ROLES.map((role) => (
          <Checkbox key={role} value={role}>
            {t(`people.role.${role}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {save.error && <Banner tone="danger">{errorText(save.error)}</Banner>}
      <div>
        <Button isPending={save.isPending} onPress={() => save.mutate()}>
          {t('people.save')}
        </Button>
      </div>
    </Section>
  );
}
