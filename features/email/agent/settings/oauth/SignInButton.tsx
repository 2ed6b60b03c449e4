import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../../platform/browser/error-text.ts';
import { Button } from '../../../../../ui/components/Button.tsx';
import { toast } from '../../../../../ui/components/Toast.tsx';
import { SignInStarted, type ReturnTo } from '../../../core/oauth/contract.ts';
import type { SignInProvider } from '../../../core/oauth/services.ts';

type SignInButtonProps = { mailboxId: string; /** Absent: as the last time. */ as?: { provider: SignInProvider; user: string; returnTo: ReturnTo }; children: ReactNode };

/** Leaves for the provider, which sends the browser back to the settings. */
export function SignInButton({ mailboxId, as, children }: SignInButtonProps) {
  const errorText = useErrorText();
  const begin = useMutation({
    mutationFn: () => api.post(`/mailboxes/${mailboxId}/sign-ins`, as ?? {}, SignInStarted),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => toast({ text: errorText(error), tone: 'failed' }),
  });
  return <Button onPress={() => begin.mutate()} isPending={begin.isPending}>{children}</Button>;
}
