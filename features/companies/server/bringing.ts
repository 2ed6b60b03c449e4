import { isSameJson } from '../../../kernel/json.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { normalise } from '../../../platform/search/tokens.ts';
import type { FieldValues } from '../../fields/core/types.ts';
import { OWN_FIELD } from '../../fields/core/values.ts';
import { companyByName, domainsOf, findCompany, insertCompany, isUsed, lockCompany, memberRow, putMember, removeCompany, saveCompany, setDomains, unsay, type CompanyRow } from './store.ts';

export type BroughtCompany = { readonly name: string; readonly domains: readonly string[]; readonly address: string; readonly vatId: string; readonly notes: string; readonly fields: FieldValues };
export type CompanyChange = { readonly before: Kept; readonly after: Kept };
/** What was written down before tables could bring fields has none. */
type Kept = Pick<CompanyRow, 'name' | 'address' | 'vatId' | 'notes'> & { readonly domains: readonly string[]; readonly fields?: FieldValues | undefined };
type Outcome = { readonly outcome: 'created' | 'updated' | 'same'; readonly id: string; readonly change: CompanyChange };

const keptOf = ({ name, address, vatId, notes, fields }: CompanyRow, domains: readonly string[]): Kept => ({ name, address, vatId, notes, fields, domains: [...domains].toSorted() });
const isAsLeft = (now: Kept, { fields = now.fields, ...left }: Kept): boolean => isSameJson(now, { ...left, fields });

/** What of it changed, as the log calls it. */
function movedIn({ before, after }: CompanyChange): string[] {
  const own = [...new Set([...Object.keys(before.fields ?? {}), ...Object.keys(after.fields ?? {})])].filter((key) => !isSameJson(before.fields?.[key], after.fields?.[key])).map((key) => OWN_FIELD + key);
  return [...(['name', 'address', 'vatId', 'notes', 'domains'] as const).filter((key) => !isSameJson(before[key], after[key])), ...own];
}

/** Companies from elsewhere, and the way back. `goodDomain` throws for what is none of a company. */
export function createBringing({ emit, goodDomain, domainTaken }: { emit: Emit; goodDomain: (given: string) => string; domainTaken: (domain: string) => Error }) {
  const tell = (tx: Tx, workspaceId: string, what: 'created' | 'changed' | 'removed' | 'people_changed', id: string, at: Date, data: Readonly<Record<string, string | string[]>> = {}): Promise<void> =>
    emit(tx, workspaceId, { type: `company.${what}`, subjectId: id, actor: { kind: 'system', id: null }, data, at });

  async function give(tx: Tx, workspaceId: string, id: string, domains: readonly string[], at: Date): Promise<void> {
    const taken = await setDomains(tx, workspaceId, id, domains, at);
    if (taken) throw domainTaken(taken.domain);
  }

  return {
    /** `id`: which it is known to be; else the one of that name, else a new one. */
    async bring(tx: Tx, workspaceId: string, brought: BroughtCompany, { id, overwrite, at }: { id: string | null; overwrite: boolean; at: Date }): Promise<Outcome> {
      const domains = brought.domains.map(goodDomain);
      const knownId = id ?? await companyByName(tx, workspaceId, normalise(brought.name));
      const before = knownId === null ? undefined : await lockCompany(tx, workspaceId, knownId);
      if (!before) {
        const company: CompanyRow = { id: newId(), name: brought.name, address: brought.address, vatId: brought.vatId, notes: brought.notes, isKeyAccount: false, sight: 'nobody', mayAnswer: false, fields: brought.fields, createdAt: at, updatedAt: at };
        await insertCompany(tx, workspaceId, company, normalise(company.name));
        await give(tx, workspaceId, company.id, domains, at);
        await tell(tx, workspaceId, 'created', company.id, at);
        const kept = keptOf(company, domains);
        return { outcome: 'created', id: company.id, change: { before: kept, after: kept } };
      }
      const owned = (await domainsOf(tx, workspaceId, [before.id])).get(before.id) ?? [];
      const all = [...new Set([...owned, ...domains])];
      const filled = (key: 'name' | 'address' | 'vatId' | 'notes'): string => (overwrite ? brought[key] || before[key] : before[key] || brought[key]);
      const after: CompanyRow = { ...before, name: filled('name'), address: filled('address'), vatId: filled('vatId'), notes: filled('notes'), fields: overwrite ? { ...before.fields, ...brought.fields } : { ...brought.fields, ...before.fields } };
      const change = { before: keptOf(before, owned), after: keptOf(after, all) };
      if (isSameJson(change.before, change.after)) return { outcome: 'same', id: before.id, change };
      await saveCompany(tx, workspaceId, { ...after, updatedAt: at }, normalise(after.name));
      await give(tx, workspaceId, before.id, all, at);
      await tell(tx, workspaceId, 'changed', before.id, at, { fields: movedIn(change) });
      return { outcome: 'updated', id: before.id, change };
    },

    async takeBack(tx: Tx, workspaceId: string, { id, outcome, change, at }: { id: string; outcome: 'created' | 'updated'; change: CompanyChange; at: Date }): Promise<'undone' | 'kept'> {
      const now = await lockCompany(tx, workspaceId, id);
      if (!now) return 'undone';
      const domains = (await domainsOf(tx, workspaceId, [id])).get(id) ?? [];
      if (!isAsLeft(keptOf(now, domains), change.after)) return 'kept';
      if (outcome === 'created') {
        if (await isUsed(tx, workspaceId, id)) return 'kept';
        await removeCompany(tx, workspaceId, id, at);
        await tell(tx, workspaceId, 'removed', id, at, { name: now.name });
        return 'undone';
      }
      const { domains: earlier, fields = now.fields, ...words } = change.before;
      await saveCompany(tx, workspaceId, { ...now, ...words, fields, updatedAt: at }, normalise(words.name));
      await give(tx, workspaceId, id, earlier, at);
      await tell(tx, workspaceId, 'changed', id, at, { fields: movedIn(change) });
      return 'undone';
    },

    /** The company of that name. */
    named: (tx: Tx, workspaceId: string, name: string): Promise<string | null> => companyByName(tx, workspaceId, normalise(name)),

    /** Puts somebody in; false: they were there. */
    async seat(tx: Tx, workspaceId: string, { companyId, customerId, byId, at }: { companyId: string; customerId: string; byId: string; at: Date }): Promise<boolean> {
      if (await memberRow(tx, workspaceId, companyId, customerId) || !await findCompany(tx, workspaceId, companyId)) return false;
      await putMember(tx, workspaceId, { companyId, customerId, membership: 'added', isContact: false, byId, at });
      await tell(tx, workspaceId, 'people_changed', companyId, at, { customerId });
      return true;
    },
    async unseat(tx: Tx, workspaceId: string, { companyId, customerId, at }: { companyId: string; customerId: string; at: Date }): Promise<void> {
      await unsay(tx, workspaceId, companyId, customerId);
      await tell(tx, workspaceId, 'people_changed', companyId, at, { customerId });
    },
  };
}
