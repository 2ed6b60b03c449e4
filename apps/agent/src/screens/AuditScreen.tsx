import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { AuditScreen as Audit } from '../../../../features/audit/agent/AuditScreen.tsx';
import { peopleQuery } from '../../../../features/people/agent/queries.ts';

export function AuditScreen() {
  const { data } = useInfiniteQuery(peopleQuery());
  const people = useMemo(() => data?.pages.flatMap(({ items }) => items.map(({ id, name }) => ({ id, label: name }))) ?? [], [data]);
  return <Audit people={people} />;
}
