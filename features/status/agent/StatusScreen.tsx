import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarClock, Megaphone, OctagonAlert } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { useFormat } from '../../../platform/browser/format.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { EmptyState } from '../../../ui/components/EmptyState.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { ListRow, RowList, Section } from '../../../ui/layout/Section.tsx';
import type { IncidentView } from '../core/contract.ts';
import { ENDS } from '../core/standing.ts';
import { AttachDialog } from './AttachDialog.tsx';
import { ComponentsSection } from './ComponentsSection.tsx';
import { BEGINNING, IncidentForm, type Subject } from './IncidentForm.tsx';
import { NoticesSection } from './notices/NoticesSection.tsx';
import { incidentsQuery } from './queries.ts';
import type { Conditions } from './slots.ts';
import { useStatusText } from './text.ts';
import { INCIDENT_TONES, inOwnWords } from './wording.ts';

/** The public status page, from the side of those who write it. */
export function StatusScreen({ conditions }: { conditions: Conditions }) {
  const t = useStatusText();
  const [subject, setSubject] = useState<Subject | null>(null);
  const [attached, setAttached] = useState<IncidentView | null>(null);
  const title = subject?.incident ? inOwnWords(subject.incident.titles) : t(BEGINNING[subject?.kind ?? 'incident']);
  return (
    <>
      <Section
        title={t('statuspage.incidents')} description={t('statuspage.incidents_why')}
        actions={
          <div className="flex flex-wrap gap-2">
            <Button icon={Megaphone} onPress={() => setSubject({ kind: 'announcement', incident: null })}>{t('statuspage.announce')}</Button>
            <Button icon={CalendarClock} onPress={() => setSubject({ kind: 'maintenance', incident: null })}>{t('statuspage.plan')}</Button>
            <Button tone="primary" icon={OctagonAlert} onPress={() => setSubject({ kind: 'incident', incident: null })}>{t('statuspage.new')}</Button>
          </div>
        }
      >
        <PagedRows query={useInfiniteQuery(incidentsQuery)} errorText={useErrorText()} empty={<EmptyState icon={OctagonAlert}>{t('statuspage.incidents_empty')}</EmptyState>}>
          {(items) => (
            <RowList label={t('statuspage.incidents')}>
              {items.map((one) => <IncidentRow key={one.id} incident={one} onUpdate={() => setSubject({ kind: one.kind, incident: one })} onAttach={() => setAttached(one)} />)}
            </RowList>
          )}
        </PagedRows>
      </Section>
      <NoticesSection conditions={conditions} />
      <ComponentsSection />
      <AttachDialog incident={attached} conditions={conditions} onClose={() => setAttached(null)} />
      <Dialog isOpen={subject !== null} onClose={() => setSubject(null)} title={title} size="wide" isDismissable={false}>
        {subject && <IncidentForm subject={subject} onClose={() => setSubject(null)} />}
      </Dialog>
    </>
  );
}

function IncidentRow({ incident, onUpdate, onAttach }: { incident: IncidentView; onUpdate: () => void; onAttach: () => void }) {
  const t = useStatusText();
  const format = useFormat();
  const { titles, state, startsAt, endsAt, updates, tickets } = incident;
  const last = updates[0];
  return (
    <ListRow
      title={inOwnWords(titles)}
      badges={<Badge tone={INCIDENT_TONES[state] ?? 'neutral'}>{t(`statuspage.step.${state}`)}</Badge>}
      detail={
        <>
          <span className="block">{format.dateTime(startsAt)}{endsAt !== null && <> – {format.dateTime(endsAt)}</>}{tickets > 0 && <> · {t('statuspage.tickets', { count: tickets })}</>}</span>
          {last && <bdi className="line-clamp-2">{inOwnWords(last.texts)}</bdi>}
        </>
      }
      actions={!ENDS.has(state) && <><Button size="small" onPress={onAttach}>{t('statuspage.attach_open')}</Button><Button size="small" onPress={onUpdate}>{t('statuspage.update')}</Button></>}
    />
  );
}
