import { useEffect } from 'react';
import { Banner } from '../../../../../ui/components/Banner.tsx';
import { SIGN_IN_ENDS, type SignInEnd } from '../../../core/oauth/contract.ts';
import { useEmailText } from '../../text.ts';

type Return = { readonly end: SignInEnd; readonly mailboxId: string | null };

/** How a sign-in went from which the browser has just come back. */
export function returnFrom(search: string): Return | null {
  const given = new URLSearchParams(search);
  const end = SIGN_IN_ENDS.find((one) => one === given.get('sign_in'));
  return end ? { end, mailboxId: given.get('mailbox') } : null;
}

/** Told once: whoever loads the page again has seen it. */
export function SignInEnded({ end }: { end: SignInEnd }) {
  const t = useEmailText();
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), []);
  return <div className="mb-4"><Banner tone={end === 'done' ? 'good' : 'danger'}>{t(`email.sign_in.end.${end}`)}</Banner></div>;
}
