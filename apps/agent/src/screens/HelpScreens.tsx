import { useParams, useRouter } from '@tanstack/react-router';
import { ArticlesScreen } from '../../../../features/knowledge/agent/ArticlesScreen.tsx';
import { GapsScreen } from '../../../../features/knowledge/agent/GapsScreen.tsx';
import { HelpSettings } from '../../../../features/knowledge/agent/settings/HelpSettings.tsx';
import { useAppText } from '../text.ts';
import { useMe } from './use-desk-parts.tsx';

export function HelpArticlesScreen() {
  const t = useAppText();
  const router = useRouter();
  const me = useMe();
  const { articleId = null } = useParams({ strict: false }) as { articleId?: string };
  return (
    <>
      <title>{`${t('app.articles')} · Rapport`}</title>
      <ArticlesScreen articleId={articleId} mayWrite={me.permissions.includes('articles.write')} hrefOf={(id) => `/articles/${id}`} gapsHref="/articles/gaps" onOpen={(id) => router.history.push(id === null ? '/articles' : `/articles/${id}`)} />
    </>
  );
}

export function HelpGapsScreen() {
  const t = useAppText();
  const router = useRouter();
  const me = useMe();
  return (
    <>
      <title>{`${t('app.articles')} · Rapport`}</title>
      <GapsScreen mayWrite={me.permissions.includes('articles.write')} mayPublish={me.permissions.includes('articles.publish')} ticketHref={(id) => `/inbox/active/${id}`} onArticle={(id) => router.history.push(`/articles/${id}`)} onBack={() => router.history.push('/articles')} />
    </>
  );
}

export const HelpSettingsScreen = () => <HelpSettings mayPublish={useMe().permissions.includes('articles.publish')} />;
