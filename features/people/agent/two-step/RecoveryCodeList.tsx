import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { usePeopleText } from '../text.ts';

/** Shown once. Whoever loses the phone comes back in with one of them. */
export function RecoveryCodeList({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = usePeopleText();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="warning">{t('people.recovery.once')}</Banner>
      <ul dir="ltr" aria-label={t('people.recovery')} className="grid grid-cols-2 gap-x-4 gap-y-1 rounded-control border border-hairline p-3 font-mono text-13 max-wide:grid-cols-1">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" onPress={onDone}>
          {t('people.recovery.kept')}
        </Button>
        <Button icon={isCopied ? Check : Copy} onPress={() => void copy()}>
          {t('people.recovery.copy')}
        </Button>
      </div>
    </div>
  );
}
