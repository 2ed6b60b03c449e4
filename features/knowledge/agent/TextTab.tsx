import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { LANGUAGE_NAMES, type Language } from '../../../kernel/languages.ts';
import { api } from '../../../platform/browser/api.ts';
import { useErrorText } from '../../../platform/browser/error-text.ts';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Button } from '../../../ui/components/Button.tsx';
import { Checkbox } from '../../../ui/components/Checkbox.tsx';
import { LanguageTabs } from '../../../ui/components/LanguageTabs.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { toast } from '../../../ui/components/Toast.tsx';
import { ArticleDetail, PictureView } from '../core/contract.ts';
import { ArticleEditor, ArticleText } from './editor/ArticleEditor.tsx';
import { articleOne, refresh } from './queries.ts';
import { useKnowledgeText } from './text.ts';

type TextTabProps = { article: ArticleDetail; mayWrite: boolean };

/** The words, one language at a time; a translation is written beside what it translates. */
export function TextTab({ article, mayWrite }: TextTabProps) {
  const t = useKnowledgeText();
  const [shown, setShown] = useState<Language>(article.sourceLanguage);
  return (
    <LanguageTabs label={t('knowledge.languages')} names={LANGUAGE_NAMES} value={shown} onChange={setShown} isWritten={(language) => article.words[language] !== undefined}>
      {(language) => <InLanguage key={`${language} ${article.texts.find((text) => text.language === language)?.version ?? 0}`} article={article} language={language} mayWrite={mayWrite} />}
    </LanguageTabs>
  );
}

function InLanguage({ article, language, mayWrite }: TextTabProps & { language: Language }) {
  const t = useKnowledgeText();
  const source = article.words[article.sourceLanguage];
  const isTranslation = language !== article.sourceLanguage;
  const text = article.texts.find((one) => one.language === language);
  return (
    <>
      {text?.isStale && <Banner tone="warning">{t('knowledge.stale_why', { language: LANGUAGE_NAMES[article.sourceLanguage] })}</Banner>}
      {text && text.liveVersion !== null && text.liveVersion !== text.version && <Banner>{t('knowledge.unpublished')}</Banner>}
      <div className={isTranslation ? 'grid gap-5 roomy:grid-cols-2' : ''}>
        {isTranslation && source && (
          <section aria-label={t('knowledge.source', { language: LANGUAGE_NAMES[article.sourceLanguage] })} className="flex min-w-0 flex-col gap-3" lang={article.sourceLanguage}>
            <h3 className="text-13 text-ink-faint">{t('knowledge.source', { language: LANGUAGE_NAMES[article.sourceLanguage] })}</h3>
            <p dir="auto" className="text-16 font-semibold">{source.title}</p>
            {source.summary !== '' && <p dir="auto" className="text-ink-soft">{source.summary}</p>}
            <ArticleText label={source.title} html={source.html} />
          </section>
        )}
        <WordsForm article={article} language={language} mayWrite={mayWrite} />
      </div>
    </>
  );
}

const EMPTY = { title: '', summary: '', keywords: '', html: '' };

function WordsForm({ article, language, mayWrite }: TextTabProps & { language: Language }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [words, setWords] = useState(() => wordsIn(article, language));
  const [isMinor, setMinor] = useState(false);
  const put = (part: Partial<typeof words>) => setWords((now) => ({ ...now, ...part }));
  const base = article.texts.find((one) => one.language === language)?.version ?? 0;
  const save = useMutation({
    mutationFn: (live: boolean) => api.put(`/articles/${article.id}/texts/${language}`, { ...words, base, live, minor: isMinor }, ArticleDetail),
    onSuccess: (saved, live) => {
      toast({ text: t(live ? 'knowledge.live_now' : 'knowledge.saved') });
      cache.setQueryData(articleOne(article.id).queryKey, saved);
      return refresh(cache);
    },
  });
  const mayBeMinor = language === article.sourceLanguage && Object.keys(article.words).length > 1;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <TextField label={t('knowledge.title')} value={words.title} onChange={(title) => put({ title })} maxLength={300} isReadOnly={!mayWrite} />
      <TextField label={t('knowledge.summary')} hint={t('knowledge.summary_hint')} value={words.summary} onChange={(summary) => put({ summary })} maxLength={500} optional isReadOnly={!mayWrite} />
      {mayWrite ? <ArticleEditor label={t('knowledge.body')} placeholder={t('knowledge.body_placeholder')} initialHtml={words.html} onChange={(html) => put({ html })} upload={upload} /> : <ArticleText label={t('knowledge.body')} html={words.html} />}
      <TextField label={t('knowledge.keywords')} hint={t('knowledge.keywords_hint')} value={words.keywords} onChange={(keywords) => put({ keywords })} maxLength={1_000} optional isReadOnly={!mayWrite} />
      {save.error && <Banner tone="danger">{errorText(save.error)}</Banner>}
      {mayWrite && (
        <div className="flex flex-wrap items-center gap-2 pb-6">
          <SaveButtons isLive={article.mayPublish && article.state !== 'draft' && article.state !== 'review'} isPending={save.isPending} isDisabled={words.title.trim() === ''} onSave={(live) => save.mutate(live)} />
          {mayBeMinor && <Checkbox isSelected={isMinor} onChange={setMinor}>{t('knowledge.minor')}</Checkbox>}
        </div>
      )}
    </div>
  );
}

/** `isLive`: readers could see it at once. */
function SaveButtons({ isLive, onSave, ...busy }: { isLive: boolean; isPending: boolean; isDisabled: boolean; onSave: (live: boolean) => void }) {
  const t = useKnowledgeText();
  return (
    <>
      {isLive && <Button tone="primary" {...busy} onPress={() => onSave(true)}>{t('knowledge.save_live')}</Button>}
      <Button tone={isLive ? 'plain' : 'primary'} {...busy} onPress={() => onSave(false)}>{t('knowledge.save')}</Button>
    </>
  );
}

const upload = async (file: File): Promise<string> => (await api.upload('/articles/pictures', new Blob([file], { type: 'application/octet-stream' }), PictureView)).src;

function wordsIn(article: ArticleDetail, language: Language): typeof EMPTY {
  const { title, summary, keywords, html } = article.words[language] ?? EMPTY;
  return { title, summary, keywords, html };
}
