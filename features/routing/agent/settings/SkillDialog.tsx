import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES } from '../../../../platform/browser/i18n.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { SkillView } from '../../core/contract.ts';
import { refresh } from '../queries.ts';
import { useRoutingText } from '../text.ts';

export function SkillDialog({ skill, onClose }: { skill: SkillView | 'new' | null; onClose: () => void }) {
  const t = useRoutingText();
  return (
    <Dialog isOpen={skill !== null} onClose={onClose} title={skill === 'new' || !skill ? t('routing.skills.new') : skill.name}>
      {skill && <SkillForm skill={skill === 'new' ? null : skill} onClose={onClose} />}
    </Dialog>
  );
}

const NONE = 'none';

function SkillForm({ skill, onClose }: { skill: SkillView | null; onClose: () => void }) {
  const t = useRoutingText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [language, setLanguage] = useState<string>(skill?.language ?? NONE);
  const save = useMutation({
    mutationFn: (values: FormData) => {
      const body = { name: values.get('name'), language: language === NONE ? null : language };
      return skill ? api.patch(`/skills/${skill.id}`, body, SkillView) : api.post('/skills', body, SkillView);
    },
    onSuccess: () => {
      toast({ text: t('routing.saved') });
      onClose();
      return refresh(cache, 'skills');
    },
  });
  return (
    <SaveForm verb={t('routing.save')} onSubmit={(values) => save.mutate(values)} isPending={save.isPending} onCancel={onClose} errors={fieldErrors(save.error)} problem={save.error && errorText(save.error)}>
      <TextField name="name" label={t('routing.name')} hint={t('routing.skills.name_what')} defaultValue={skill?.name ?? ''} maxLength={100} autoComplete="off" isRequired autoFocus />
      <Select
        label={t('routing.skills.language')} hint={t('routing.skills.language_what')} value={language} onChange={setLanguage}
        options={[{ id: NONE, label: t('routing.skills.no_language') }, ...LANGUAGES.map((id) => ({ id: id as string, label: LANGUAGE_NAMES[id] }))]}
      />
    </SaveForm>
  );
}
