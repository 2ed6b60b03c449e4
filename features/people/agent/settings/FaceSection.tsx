import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2, Upload } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { Section } from '../../../../ui/layout/Section.tsx';
import { FaceView, type MeView } from '../../core/contract.ts';
import { facesQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';
import { squareOf } from './square.ts';

/** One's own face, as customers in a chat and colleagues see it. */
export function FaceSection({ me }: { me: MeView }) {
  const t = usePeopleText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const { data: faces } = useQuery(facesQuery);
  const settled = async (text: string): Promise<void> => {
    await cache.invalidateQueries({ queryKey: facesQuery.queryKey });
    toast({ text });
  };
  const show = useMutation({
    mutationFn: async (file: File) => {
      const square = await squareOf(file);
      return square === null ? null : api.upload('/me/face', square, FaceView);
    },
    onSuccess: (shown) => (shown ? settled(t('people.saved')) : undefined),
  });
  const remove = useMutation({ mutationFn: () => api.delete('/me/face'), onSuccess: () => settled(t('people.saved')) });
  const error = show.error ?? remove.error;
  const problem = error ? errorText(error) : show.data === null ? t('people.face.unreadable') : null;

  return (
    <Section title={t('people.face')} description={t('people.face.why')}>
      <div className="flex flex-wrap items-center gap-3">
        <Avatar id={me.id} name={me.name} size="large" />
        <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => { if (files?.[0]) show.mutate(files[0]); }}>
          <Button icon={Upload} isPending={show.isPending}>{t('people.face.choose')}</Button>
        </FileTrigger>
        {faces?.has(me.id) && <Button tone="quiet" icon={Trash2} isPending={remove.isPending} onPress={() => remove.mutate()}>{t('people.face.remove')}</Button>}
      </div>
      {problem !== null && <p role="alert" className="mt-2 text-14 text-danger-ink">{problem}</p>}
    </Section>
  );
}
