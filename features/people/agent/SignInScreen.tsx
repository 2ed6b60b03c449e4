import { useQuery } from '@tanstack/react-query';
import { Banner } from '../../../ui/components/Banner.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { setupQuery } from './queries.ts';
import { SignInForm } from './SignInForm.tsx';
import { usePeopleText } from './text.ts';

export function SignInScreen({ onSignedIn }: { onSignedIn: () => void }) {
  const t = usePeopleText();
  const { data: setup } = useQuery(setupQuery);
  return (
    <>
      <title>{`${t('people.sign_in.title')} · Rapport`}</title>
      <h1 className="mb-5 text-20 font-semibold">{t('people.sign_in.title')}</h1>
      {setup?.needed && <div className="mb-5"><Banner>{t('people.sign_in.setup_first')}</Banner></div>}
      <SignInForm onSignedIn={onSignedIn} />
    </>
  );
}

/** The session ended while work was on screen: all of it stays where it is, behind this. */
export function SignInDialog({ email, isOpen, onSignedIn }: { email: string; isOpen: boolean; onSignedIn: () => void }) {
  const t = usePeopleText();
  return (
    <Dialog isOpen={isOpen} onClose={() => undefined} isDismissable={false} title={t('people.sign_in.again')}>
      <p className="mb-4 text-14 text-ink-soft">{t('people.sign_in.again_why')}</p>
      <SignInForm email={email} onSignedIn={onSignedIn} />
    </Dialog>
  );
}
