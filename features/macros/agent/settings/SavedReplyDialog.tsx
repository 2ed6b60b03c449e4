import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Braces, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES, languageToOpen } from '../../../../platform/browser/i18n.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { PLACEHOLDERS, SavedReplyView } from '../../core/contract.ts';
import { useMacroText } from '../text.ts';

type Variants = SavedReplyView['variants'];
type SavedReplyDialogProps = { reply: SavedReplyView | 'new' | null; onClose: () => void };

export function SavedReplyDialog({ reply, onClose }: SavedReplyDialogProps) {
  const t = useMacroText();
  return (
    <Dialog isOpen={reply !== null} onClose={onClose} title={reply === 'new' || !reply ? t('macros.new') : reply.name} size="wide" isDismissable={false}>
      {reply && <SavedReplyForm reply={reply === 'new' ? null : reply} onClose={onClose} />}
    </Dialog>
  );
}

function SavedReplyForm({ reply, onClose }: { reply: SavedReplyView | null; onClose: () => void }) {
  const t = useMacroText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [variants, setVariants] = useState<Variants>(reply?.variants ?? {});
  const written = Object.fromEntries(Object.entries(variants).filter(([, text]) => text?.trim()));
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const body = { name: values.get('name'), variants: written };
      return reply ? api.patch(`/saved-replies/${reply.id}`, body, SavedReplyView) : api.post('/saved-replies', body, SavedReplyView);
    },
    onSuccess: () => {
      toast({ text: t('macros.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['macros'] });
    },
  });

  return (
    <SaveForm
      verb={t('macros.save')}
      onSubmit={(values) => save.mutate(values)}
      isPending={save.isPending}
      isDisabled={Object.keys(written).length === 0}
      onCancel={onClose}
      errors={fieldErrors(save.error)}
      problem={save.error && errorText(save.error)}
    >
      <TextField name="name" label={t('macros.name')} hint={t('macros.name_hint')} defaultValue={reply?.name ?? ''} maxLength={200} autoComplete="off" isRequired autoFocus />
      <VariantTabs variants={variants} onChange={setVariants} />
    </SaveForm>
  );
}

function VariantTabs({ variants, onChange }: { variants: Variants; onChange: (variants: Variants) => void }) {
  const t = useMacroText();
  const [shown, setShown] = useState<Language>(() => languageToOpen(variants));
  const put = (text: string) => onChange({ ...variants, [shown]: text });

  return (
    <div className="flex flex-col gap-2">
      <LanguageTabs label={t('macros.texts')} names={LANGUAGE_NAMES} value={shown} onChange={setShown} isWritten={(language) => Boolean(variants[language]?.trim())}>
        {(language) => <TextArea label={t('macros.text')} hint={t('macros.text_hint')} value={variants[language] ?? ''} onChange={put} rows={8} maxLength={50_000} />}
      </LanguageTabs>
      <div>
        <Menu
          label={t('macros.placeholders')}
          trigger={
            <Button size="small" icon={Braces} trailing={<ChevronDown aria-hidden size={14} />}>
              {t('macros.insert_placeholder')}
            </Button>
          }
          groups={[
            {
              entries: PLACEHOLDERS.map((id) => ({
                id,
                label: t(`macros.placeholder.${id}`),
                hint: `{{ ${id} }}`,
                onAction: () => put(`${variants[shown] ?? ''}{{ ${id} }}`),
              })),
            },
          ]}
        />
      </div>
    </div>
  );
}
