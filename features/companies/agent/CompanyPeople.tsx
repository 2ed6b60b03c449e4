import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Star, UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { isolated } from '../../../platform/browser/isolated.ts';
import { Avatar } from '../../../ui/components/Avatar.tsx';
import { Badge } from '../../../ui/components/Badge.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { IconButton } from '../../../ui/components/IconButton.tsx';
import { PagedRows } from '../../../ui/components/PagedRows.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ToggleIconButton } from '../../../ui/components/ToggleIconButton.tsx';
import { ListRow, RowList, Section } from '../../../ui/layout/Section.tsx';
import type { CompanyPersonView } from '../core/contract.ts';
import { companyPeople, putPerson, refresh, takeOut } from './queries.ts';
import type { CompanySlots } from './slots.ts';
import { useCompaniesText } from './text.ts';

type CompanyPeopleProps = Pick<CompanySlots, 'pickCustomer'> & { id: string; mayChange: boolean };

/** Who is of a company, and by what. */
export function CompanyPeople({ id, mayChange, pickCustomer }: CompanyPeopleProps) {
  const t = useCompaniesText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const people = useInfiniteQuery(companyPeople(id));
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => refresh(cache),
  });
  return (
    <Section title={t('companies.people')} description={t('companies.people.what')} actions={mayChange && <Button size="small" icon={UserPlus} onPress={() => setAdding(true)}>{t('companies.people.add')}</Button>}>
      <PagedRows query={people} faces errorText={errorText} empty={<p className="text-13 text-ink-faint">{t('companies.people.none')}</p>}>
        {(rows) => (
          <RowList label={t('companies.people')}>
            {rows.map((person) => (
              <Person
                key={person.id} person={person} mayChange={mayChange}
                onContact={(isContact) => change.mutate(() => putPerson(id, person.id, { isContact }))}
                onTakeOut={() => change.mutate(() => takeOut(id, person.id))}
              />
            ))}
          </RowList>
        )}
      </PagedRows>
      <Dialog isOpen={isAdding} onClose={() => setAdding(false)} title={t('companies.people.add')}>
        {isAdding && pickCustomer((customerId) => {
          setAdding(false);
          change.mutate(() => putPerson(id, customerId, {}));
        })}
      </Dialog>
    </Section>
  );
}

function Person({ person, mayChange, onContact, onTakeOut }: { person: CompanyPersonView; mayChange: boolean; onContact: (isContact: boolean) => void; onTakeOut: () => void }) {
  const t = useCompaniesText();
  const name = person.name || person.email || t('companies.nameless');
  return (
    <ListRow
      leading={<Avatar id={person.id} name={name} />}
      title={<bdi>{name}</bdi>}
      detail={<>{person.email && <bdi dir="ltr">{person.email}</bdi>}{person.email && ' · '}{t(`companies.how.${person.how}`)}</>}
      badges={person.isContact && <Badge tone="accent">{t('companies.contact')}</Badge>}
      actions={mayChange && (
        <>
          <ToggleIconButton icon={Star} label={t('companies.contact.of', { name: isolated(name) })} isSelected={person.isContact} onChange={onContact} />
          <IconButton icon={X} label={t('companies.take_out', { name: isolated(name) })} onPress={onTakeOut} />
        </>
      )}
    />
  );
}
