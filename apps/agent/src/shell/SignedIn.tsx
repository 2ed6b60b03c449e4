import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { SignInDialog, SignInScreen } from '../../../../features/people/agent/SignInScreen.tsx';
import { StepUpDialog } from '../../../../features/people/agent/two-step/StepUpDialog.tsx';
import { facesQuery, meQuery } from '../../../../features/people/agent/queries.ts';
import type { MeView } from '../../../../features/people/core/contract.ts';
import type { Language } from '../../../../kernel/languages.ts';
import { onSignedOut } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { currentLanguage, speak, useLanguage } from '../../../../platform/browser/i18n.ts';
import { ApiError } from '../../../../platform/browser/problems.ts';
import { setTheme } from '../../../../platform/browser/theme.ts';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { ShownFaces } from '../../../../ui/components/shown-faces.ts';
import { LiveConnection } from './LiveConnection.tsx';
import { PublicPage } from './PublicPage.tsx';
import { Shell } from './Shell.tsx';

/** The door: whoever is not signed in gets the form at the very address they asked for. */
export function SignedIn() {
  const errorText = useErrorText();
  const me = useQuery(meQuery);
  const isSpoken = useSpoken(me.data?.language);

  if (me.data) return isSpoken && <Inside me={me.data} />;
  if (me.error instanceof ApiError && me.error.status === 401) {
    return (
      <PublicPage>
        <SignInScreen onSignedIn={() => void me.refetch()} />
      </PublicPage>
    );
  }
  if (me.error) return <ErrorState onRetry={() => void me.refetch()} isRetrying={me.isFetching}>{errorText(me.error)}</ErrorState>;
  return null;
}

/** The first thing that somebody sees is in their language, whatever this browser spoke before. */
function useSpoken(wanted: Language | undefined): boolean {
  const language = useLanguage();
  const [wasSpoken, setSpoken] = useState(false);
  const isSpoken = wasSpoken || wanted === language;
  if (isSpoken !== wasSpoken) setSpoken(isSpoken);
  useEffect(() => {
    if (wanted !== undefined && !isSpoken) void speak(wanted);
  }, [wanted, isSpoken]);
  return isSpoken;
}

const NOBODY: ReadonlyMap<string, string> = new Map();

function Inside({ me }: { me: MeView }) {
  const cache = useQueryClient();
  const [isOut, setOut] = useState(false);
  const [firstId] = useState(me.id);
  const { data: faces } = useQuery(facesQuery);

  useEffect(() => onSignedOut(() => setOut(true)), []);
  useEffect(() => {
    // Somebody else has signed in at another window: nothing of the first one stays in this one.
    if (me.id !== firstId) location.assign('/');
  }, [me.id, firstId]);
  useEffect(() => {
    if (me.language !== currentLanguage()) void speak(me.language);
    setTheme(me.theme);
  }, [me.language, me.theme]);

  const comeBack = async () => {
    const returned = await cache.fetchQuery({ ...meQuery, staleTime: 0 });
    setOut(false);
    // Somebody else at the same screen must not see what the first one had open.
    if (returned.id === me.id) await cache.invalidateQueries();
    else location.assign('/');
  };

  return (
    <LiveConnection key={me.id}>
      <ShownFaces value={faces ?? NOBODY}><Shell me={me} /></ShownFaces>
      <StepUpDialog />
      <SignInDialog isOpen={isOut} email={me.email} onSignedIn={() => void comeBack()} />
    </LiveConnection>
  );
}
