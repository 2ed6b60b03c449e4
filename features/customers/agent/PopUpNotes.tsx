import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { popUpNotes } from './queries.ts';
import { useCustomersText } from './text.ts';

/** What everybody has to read who opens a matter of this person: once for each time it is opened, until it is put aside. */
export function PopUpNotes({ customerId }: { customerId: string }) {
  const t = useCustomersText();
  const { data: notes = [] } = useQuery(popUpNotes(customerId));
  const [isRead, setRead] = useState(false);
  if (isRead || notes.length === 0) return null;
  return (
    <Banner tone="warning" shape="edge" action={<Button size="small" onPress={() => setRead(true)}>{t('customers.notes.read')}</Button>}>
      <ul className="flex flex-col gap-1">
        {notes.map(({ id, text, author }) => <li key={id}><span dir="auto" className="whitespace-pre-wrap">{text}</span> <span className="text-12">(<bdi>{author.name}</bdi>)</span></li>)}
      </ul>
    </Banner>
  );
}
