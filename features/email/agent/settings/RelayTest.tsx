import { useMutation } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConnectionTest } from '../../core/contract.ts';
import { useEmailText } from '../text.ts';
import { TestResult } from './TestResult.tsx';

/** Whether what we write can leave. */
export function RelayTest() {
  const t = useEmailText();
  const errorText = useErrorText();
  const test = useMutation({ mutationFn: () => api.post('/relay/tests', {}, ConnectionTest) });
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="max-w-reading text-13 text-ink-faint">{t('email.relay.why')}</p>
      <Button onPress={() => test.mutate()} isPending={test.isPending}>{t('email.relay.test')}</Button>
      {test.error && <Banner tone="danger">{errorText(test.error)}</Banner>}
      {test.data && <TestResult result={test.data} remedies={{ oauth_needed: t('email.relay.oauth_needed') }} />}
    </div>
  );
}
