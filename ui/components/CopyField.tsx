import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useUiText } from '../text.ts';
import { Button } from './Button.tsx';
import { TextField } from './TextField.tsx';

/** Something to be carried elsewhere as it is: an address, a key. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const t = useUiText();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <TextField label={label} value={value} isReadOnly isLatin className="min-w-[min(20rem,100%)] flex-1" />
      <Button icon={isCopied ? Check : Copy} onPress={() => void copy()}>
        {t(isCopied ? 'ui.copied' : 'ui.copy')}
      </Button>
    </div>
  );
}
