import { useEffect, useRef } from 'react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import type { ConnectionTest } from '../../core/contract.ts';
import { useEmailText } from '../text.ts';

/** What came of trying a connection: that it works, or what is wrong and how to mend it, with the other server's own words. */
export function TestResult({ result: { ok, trouble, folders }, remedies = {} }: { result: ConnectionTest; /** Where it is mended in another way than usual. */ remedies?: Readonly<Record<string, string>> }) {
  const t = useEmailText();
  const format = useFormat();
  const here = useRef<HTMLDivElement>(null);
  // It stands at the end of a form that may be longer than the window.
  // Newer browsers answer with a promise, which is nothing to clean up with.
  useEffect(() => { here.current?.scrollIntoView({ block: 'nearest' }); }, [ok, trouble]);
  return (
    <div ref={here} className="scroll-mb-18">
      <Banner tone={ok ? 'good' : 'danger'}>
        <p>{trouble ? remedies[trouble.code] ?? t(`email.trouble.${trouble.code}`) : t('email.source.works')}</p>
        {trouble?.words && <p dir="auto" className="mt-1 text-12">{t('email.source.said', { words: isolated(trouble.words) })}</p>}
        {folders.length > 0 && <p className="mt-1 text-12">{t('email.source.there', { folders: format.list(folders.map((name) => isolated(name))) })}</p>}
      </Banner>
    </div>
  );
}
