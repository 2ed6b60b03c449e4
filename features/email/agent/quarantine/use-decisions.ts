import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { toast } from '../../../../ui/components/Toast.tsx';
import { useEmailText } from '../text.ts';
import { refreshQuarantine } from './live.ts';
import { decide, takeBack, type About, type Verb } from './queries.ts';

/** As long as the server waits before it files what was released, and a little less. */
const UNDO_MS = 9_000;

export type Decisions = { readonly decide: (verb: Verb, about: About) => void; readonly isBusy: boolean; /** How many are done so far, when it takes longer. */ readonly done: number };

/** Decides, says so, and offers the way back. */
export function useDecisions(onDone: () => void): Decisions {
  const t = useEmailText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [done, setDone] = useState(0);

  const undo = async (id: string) => {
    try {
      const { count } = await takeBack(id);
      toast({ text: t('quarantine.undone', { count }) });
    } catch (error) {
      toast({ tone: 'failed', text: errorText(error) });
    } finally {
      refreshQuarantine(cache);
    }
  };
  const run = useMutation({
    mutationFn: ({ verb, about }: { verb: Verb; about: About }) => decide(verb, about, setDone),
    onSuccess: ({ id, count }, { verb }) => {
      onDone();
      if (count === 0) toast({ text: t('quarantine.nothing_left') });
      else toast({ text: t(`quarantine.done.${verb}`, { count }), action: { label: t('quarantine.undo'), onAction: () => void undo(id) }, forMs: UNDO_MS });
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
    onSettled: () => {
      setDone(0);
      refreshQuarantine(cache);
    },
  });
  return { decide: (verb, about) => { if (!run.isPending) run.mutate({ verb, about }); }, isBusy: run.isPending, done };
}
