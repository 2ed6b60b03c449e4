import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { ALWAYS, type Condition, partsOf } from '../../../conditions/core/condition.ts';
import { isReadable } from '../../../conditions/core/check.ts';
import { TICKET_FIELDS } from '../../../tickets/core/fields.ts';
import { type AudienceView, NoticeView } from '../../core/notices-contract.ts';
import { audienceQuery } from '../queries.ts';
import type { Conditions } from '../slots.ts';
import { useStatusText } from '../text.ts';
import { written } from '../wording.ts';
import { type Words, WordsByLanguage } from '../WordsByLanguage.tsx';

type Shelves = 'active' | 'all';
const SHELVES: readonly Shelves[] = ['active', 'all'];

/** What to say, to whom, and to how many that is: what was counted is the most that it may reach. */
export function NoticeForm({ conditions: { editor: Editor }, onClose }: { conditions: Conditions; onClose: () => void }) {
  const t = useStatusText();
  const errorText = useErrorText();
  const [words, setWords] = useState<Words>({ titles: {}, texts: {} });
  const [condition, setCondition] = useState<Condition>(ALWAYS);
  const [shelves, setShelves] = useState<Shelves>('active');
  const { audience, problem } = useAudience(condition, shelves);
  const send = useSending(onClose);
  const isWritten = Object.keys(written(words.titles)).length > 0 && Object.keys(written(words.texts)).length > 0;
  const count = audience && !audience.more ? audience.customers : 0;

  return (
    <SaveForm
      verb={t('statuspage.notice_send', { count })} isPending={send.isPending} isDisabled={!isWritten || count === 0} onCancel={onClose} problem={send.error && errorText(send.error)}
      onSubmit={() => send.mutate({ titles: written(words.titles), texts: written(words.texts), condition, shelves, most: count })}
    >
      <WordsByLanguage words={words} onChange={setWords} hasTitle />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('statuspage.notice_whom')}</legend>
        <Editor label={t('statuspage.notice_whom')} value={condition} onChange={setCondition} showFaults={false} />
      </fieldset>
      <Select label={t('statuspage.notice_shelves')} options={SHELVES.map((id) => ({ id, label: t(`statuspage.notice_shelves.${id}`) }))} value={shelves} onChange={setShelves} />
      <p role="status" className="min-h-5 text-13 text-ink-soft">{problem ? errorText(problem) : audience && t(audience.more ? 'statuspage.notice_too_many' : 'statuspage.notice_reach', { count: audience.customers })}</p>
    </SaveForm>
  );
}

/** How many it would reach as it stands; null while that is not known, or nothing is asked. */
function useAudience(condition: Condition, shelves: Shelves): { audience: AudienceView | null; problem: unknown } {
  const calm = useDeferredValue(condition);
  const isAsked = partsOf(calm).length > 0 && isReadable(calm, TICKET_FIELDS);
  const { data, error, isFetching } = useQuery({ ...audienceQuery(calm, shelves), enabled: isAsked });
  return { audience: isAsked && !isFetching && calm === condition ? data ?? null : null, problem: isAsked ? error : null };
}

function useSending(onClose: () => void) {
  const t = useStatusText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: ['status'] });
  const undo = async (id: string) => {
    try {
      const { state } = await api.post(`/status-notices/${id}/withdrawal`, undefined, NoticeView);
      toast({ text: t(`statuspage.notice_state.${state}`) });
    } catch (error) {
      toast({ tone: 'failed', text: errorText(error) });
    }
    await refresh();
  };
  return useMutation({
    mutationFn: (body: object) => api.post('/status-notices', body, NoticeView),
    onSuccess: ({ id }) => {
      toast({ text: t('statuspage.notice_leaves'), action: { label: t('statuspage.notice_undo'), onAction: () => void undo(id) } });
      onClose();
      return refresh();
    },
  });
}
