import { useParams, useRouter } from '@tanstack/react-router';
import { ArticlesScreen } from '../../../../features/knowledge/agent/ArticlesScreen.tsx';
import { FiguresScreen } from '../../../../features/knowledge/agent/FiguresScreen.tsx';
import { GapsScreen } from '../../../../features/knowledge/agent/GapsScreen.tsx';
import { HelpSettings } from '../../../../features/knowledge/agent/settings/HelpSettings.tsx';
import { useAppText } from '../text.ts';
import { useMe } from './use-desk-parts.tsx';

const ticketHref = (id: string): string => `/inbox/active/${id}`;

export function HelpArticlesScreen() {
  const t = useAppText();
  const router = useRouter();
  const me = useMe();
  const { articleId = null } = useParams({ strict: false }) as { articleId?: string };
  return (
    <>
      <title>{`${t('app.articles')} · Rapport`}</title>
      <ArticlesScreen articleId={articleId} mayWrite={me.permissions.includes('articles.write')} hrefOf={(id) => `/articles/${id}`} gapsHref="/articles/gaps" figuresHref="/articles/figures" ticketHref={ticketHref} onOpen={(id) => router.history.push(id === null ? '/articles' : `/articles/${id}`)} />
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
      <GapsScreen mayWrite={me.permissions.includes('articles.write')} mayPublish={me.permissions.includes('articles.publish')} ticketHref={ticketHref} onArticle={(id) => router.history.push(`/articles/${id}`)} onBack={() => router.history.push('/articles')} />
    </>
  );
}

export function HelpFiguresScreen() {
  const t = useAppText();
  const router = useRouter();
  return (
    <>
      <title>{`${t('app.articles')} · Rapport`}</title>
      <FiguresScreen hrefOf={(id) => `/articles/${id}`} onBack={() => router.history.push('/articles')} />
    </>
  );
}

export const HelpSettingsScreen = () => <HelpSettings mayPublish={useMe().permissions.includes('articles.publish')} />;
