import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LANGUAGE_NAMES, type Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { currentLanguage, languageToOpen } from '../../../../platform/browser/i18n.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { CategoryView } from '../../core/contract.ts';
import { categoriesQuery, categoryName, refresh } from '../queries.ts';
import { useKnowledgeText } from '../text.ts';

const TOP = 'top';
type CategoryDialogProps = { category: CategoryView | 'new' | null; onClose: () => void };

export function CategoryDialog({ category, onClose }: CategoryDialogProps) {
  const t = useKnowledgeText();
  return (
    <Dialog isOpen={category !== null} onClose={onClose} title={category === 'new' || !category ? t('knowledge.category_new') : categoryName(category, currentLanguage())} isDismissable={false}>
      {category && <CategoryForm category={category === 'new' ? null : category} onClose={onClose} />}
    </Dialog>
  );
}

function CategoryForm({ category, onClose }: { category: CategoryView | null; onClose: () => void }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const categories = useQuery(categoriesQuery);
  const [texts, setTexts] = useState<CategoryView['texts']>(category?.texts ?? {});
  const [shown, setShown] = useState<Language>(() => languageToOpen(texts));
  const [parentId, setParent] = useState(category?.parentId ?? TOP);
  const named = Object.fromEntries(Object.entries(texts).filter(([, text]) => text?.name.trim()));
  const put = (language: Language, part: { name?: string; description?: string }) => setTexts((now) => ({ ...now, [language]: { name: '', description: '', ...now[language], ...part } }));
  const save = useMutation({
    mutationFn: () => {
      const body = { texts: named, parentId: parentId === TOP ? null : parentId };
      return category ? api.patch(`/article-categories/${category.id}`, body, CategoryView) : api.post('/article-categories', body, CategoryView);
    },
    onSuccess: () => { toast({ text: t('knowledge.saved') }); onClose(); return refresh(cache); },
  });
  const hasSections = categories.data?.items.some((one) => one.parentId === category?.id) ?? false;
  const parents = (categories.data?.items ?? []).filter((one) => one.parentId === null && one.id !== category?.id);
  return (
    <SaveForm verb={t('knowledge.save')} isPending={save.isPending} isDisabled={Object.keys(named).length === 0} onCancel={onClose} problem={save.error && errorText(save.error)} onSubmit={() => save.mutate()}>
      <LanguageTabs label={t('knowledge.languages')} names={LANGUAGE_NAMES} value={shown} onChange={setShown} isWritten={(language) => Boolean(texts[language]?.name.trim())}>
        {(language) => (
          <>
            <TextField label={t('knowledge.category_name')} value={texts[language]?.name ?? ''} onChange={(name) => put(language, { name })} maxLength={120} autoComplete="off" />
            <TextField label={t('knowledge.category_description')} value={texts[language]?.description ?? ''} onChange={(description) => put(language, { description })} maxLength={500} autoComplete="off" optional />
          </>
        )}
      </LanguageTabs>
      <Select label={t('knowledge.category_parent')} hint={t('knowledge.category_parent_hint')} value={parentId} onChange={setParent} isDisabled={hasSections} options={[{ id: TOP, label: t('knowledge.category_top') }, ...parents.map((one) => ({ id: one.id, label: categoryName(one, currentLanguage()) }))]} />
    </SaveForm>
  );
}
