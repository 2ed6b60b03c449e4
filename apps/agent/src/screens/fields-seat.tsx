import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { OwnFields } from '../../../../features/automation/agent/names.ts';
import { companyOne } from '../../../../features/companies/agent/queries.ts';
import { CompanyView } from '../../../../features/companies/core/contract.ts';
import { COMPANY_FIELDS } from '../../../../features/companies/core/fields.ts';
import { customerOne } from '../../../../features/customers/agent/queries.ts';
import { CustomerView } from '../../../../features/customers/core/contract.ts';
import { CUSTOMER_FIELDS } from '../../../../features/customers/core/fields.ts';
import { FieldInput } from '../../../../features/fields/agent/FieldInput.tsx';
import { FieldsPart } from '../../../../features/fields/agent/FieldsPart.tsx';
import { fieldsOf } from '../../../../features/fields/agent/queries.ts';
import { useFieldsText } from '../../../../features/fields/agent/text.ts';
import { attributeId, nameIn } from '../../../../features/fields/core/attributes.ts';
import { type FieldValue, valueIn } from '../../../../features/fields/core/types.ts';
import { useValueText } from '../../../../features/fields/agent/value-text.ts';
import type { ValueInput } from '../../../../features/intake/agent/IntakeWalk.tsx';
import { ticketChanged } from '../../../../features/tickets/agent/changes.ts';
import type { ListColumn } from '../../../../features/tickets/agent/slots.ts';
import { KEYS, ticketOne } from '../../../../features/tickets/agent/queries.ts';
import { TicketView } from '../../../../features/tickets/core/contract.ts';
import { TICKET_FIELDS } from '../../../../features/tickets/core/fields.ts';
import { stateOf } from '../../../../features/tickets/core/view-state.ts';
import { api } from '../../../../platform/browser/api.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { useLanguage } from '../../../../platform/browser/i18n.ts';

/** The workspace's own fields of a ticket. */
export function TicketOwnFields({ ticketId, mayChange }: { ticketId: string; mayChange: boolean }) {
  const t = useFieldsText();
  const cache = useQueryClient();
  const { data: ticket } = useQuery(ticketOne(ticketId));
  if (!ticket) return null;
  const isFixed = !mayChange || ticket.deletedAt !== null || ticket.mergedInto !== null;
  return (
    <FieldsPart subject="ticket" title={t('fields.of_ticket')} record={stateOf(ticket)} attributes={TICKET_FIELDS}
      save={isFixed ? null : async (fields) => {
        cache.setQueryData(KEYS.one(ticketId), await api.patch(`/tickets/${ticketId}`, { fields }, TicketView));
        ticketChanged(cache, ticketId);
      }} />
  );
}

/** The same of a customer. */
export function CustomerOwnFields({ customerId, mayChange }: { customerId: string; mayChange: boolean }) {
  const t = useFieldsText();
  const cache = useQueryClient();
  const { data: customer } = useQuery(customerOne(customerId));
  return customer && (
    <FieldsPart subject="customer" title={t('fields.of_customer')} record={customer} attributes={CUSTOMER_FIELDS}
      save={mayChange ? async (fields) => { cache.setQueryData(customerOne(customerId).queryKey, await api.patch(`/customers/${customerId}`, { fields }, CustomerView)); } : null} />
  );
}

/** The same of a company. */
export function CompanyOwnFields({ companyId, mayChange }: { companyId: string; mayChange: boolean }) {
  const t = useFieldsText();
  const cache = useQueryClient();
  const { data: company } = useQuery(companyOne(companyId));
  return company && (
    <FieldsPart subject="company" title={t('fields.of_company')} record={company} attributes={COMPANY_FIELDS}
      save={mayChange ? async (fields) => { cache.setQueryData(companyOne(companyId).queryKey, await api.patch(`/companies/${companyId}`, { fields }, CompanyView)); } : null} />
  );
}

/** For rules that fill one in: which there are, and the editor of a value. */
export function useOwnTicketFields(): OwnFields {
  const language = useLanguage();
  const { data } = useQuery(fieldsOf('ticket'));
  return useMemo(() => {
    const active = (data ?? []).filter((one) => one.active);
    return {
      options: active.map(({ key, names }) => ({ id: key, label: nameIn(names, language) })),
      editor: ({ field, label, value, onChange }) => {
        const definition = active.find(({ key }) => key === field);
        return definition && <FieldInput key={field} definition={definition} label={label} value={value as FieldValue | null} onChange={onChange} />;
      },
    };
  }, [data, language]);
}

/** What became of a field, for the history of a ticket. */
export function useOwnFieldWords(): (key: string, value: FieldValue | null) => string {
  const language = useLanguage();
  const words = useValueText();
  const { data } = useQuery(fieldsOf('ticket'));
  return useCallback((key: string, value: FieldValue | null) => {
    const definition = data?.find((one) => one.key === key);
    const said = value === null ? '–' : definition ? words(definition, value) : String(value);
    return `${isolated(definition ? nameIn(definition.names, language) : key)}: ${isolated(said)}`;
  }, [data, language, words]);
}

/** Own fields of tickets as columns of a list. */
export function useOwnColumns(): readonly Exclude<ListColumn, string>[] {
  const language = useLanguage();
  const words = useValueText();
  const { data } = useQuery(fieldsOf('ticket'));
  return useMemo(() => (data ?? []).filter(({ active }) => active).map((definition) => ({
    id: attributeId(definition), label: nameIn(definition.names, language),
    text: ({ fields }) => { const value = valueIn(fields, definition.key); return value === null ? '' : words(definition, value); },
  })), [data, language, words]);
}

/** The editor of an answer, for what is asked first. */
export const valueInput: ValueInput = ({ hint, ...props }) => <FieldInput {...props} {...(hint !== '' && { hint })} />;
