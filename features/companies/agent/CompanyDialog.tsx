import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../platform/browser/error-text.ts';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../ui/components/SaveForm.tsx';
import { TextArea } from '../../../ui/components/TextArea.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { CompanyView } from '../core/contract.ts';
import { companyOne, refresh } from './queries.ts';
import { useCompaniesText } from './text.ts';

type CompanyDialogProps = { company: CompanyView | 'new' | null; onClose: () => void; onSaved?: (company: CompanyView) => void };

/** What is known of a company. */
export function CompanyDialog({ company, onClose, onSaved }: CompanyDialogProps) {
  const t = useCompaniesText();
  return (
    <Dialog isOpen={company !== null} onClose={onClose} title={t(company === 'new' ? 'companies.new' : 'companies.edit')} isDismissable={false}>
      {company && <CompanyForm company={company === 'new' ? null : company} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

const wordsOf = (values: FormData, name: string): string => {
  const value = values.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

function CompanyForm({ company, onClose, onSaved }: { company: CompanyView | null; onClose: () => void; onSaved: ((company: CompanyView) => void) | undefined }) {
  const t = useCompaniesText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const body = {
        name: wordsOf(values, 'name'), domains: wordsOf(values, 'domains').split(/[\s,;،]+/).filter((one) => one !== ''), address: wordsOf(values, 'address'), vatId: wordsOf(values, 'vatId'),
        notes: wordsOf(values, 'notes'), isKeyAccount: values.has('isKeyAccount'),
      };
      return company ? api.patch(`/companies/${company.id}`, body, CompanyView) : api.post('/companies', body, CompanyView);
    },
    onSuccess: (saved) => {
      toast({ text: t('companies.saved') });
      cache.setQueryData(companyOne(saved.id).queryKey, saved);
      onClose();
      onSaved?.(saved);
      return refresh(cache);
    },
  });
  return (
    <SaveForm verb={t('companies.save')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
      <Fields company={company ?? NEW} />
    </SaveForm>
  );
}

type Known = Pick<CompanyView, 'name' | 'domains' | 'isKeyAccount' | 'address' | 'vatId' | 'notes'>;
const NEW: Known = { name: '', domains: [], isKeyAccount: false, address: '', vatId: '', notes: '' };

function Fields({ company }: { company: Known }) {
  const t = useCompaniesText();
  return (
    <>
      <TextField name="name" label={t('companies.name')} defaultValue={company.name} maxLength={300} autoComplete="off" isRequired autoFocus />
      <TextField name="domains" label={t('companies.domains')} hint={t('companies.domains.hint')} defaultValue={company.domains.join(', ')} maxLength={5_000} autoComplete="off" isLatin optional />
      <Checkbox name="isKeyAccount" value="yes" defaultSelected={company.isKeyAccount} hint={t('companies.key_account.hint')}>{t('companies.key_account')}</Checkbox>
      <TextArea name="address" label={t('companies.address')} defaultValue={company.address} maxLength={1_000} rows={2} optional />
      <TextField name="vatId" label={t('companies.vat_id')} defaultValue={company.vatId} maxLength={40} autoComplete="off" isLatin optional />
      <TextArea name="notes" label={t('companies.notes')} hint={t('companies.notes.hint')} defaultValue={company.notes} maxLength={20_000} optional />
    </>
  );
}
