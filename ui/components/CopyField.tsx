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
      {/* The button goes below where both would not be whole. */}
      <div className="min-w-0 grow" style={{ flexBasis: `min(100%, ${Math.min(value.length, 60)}ch + 1.5rem)` }}>
        <TextField label={label} value={value} isReadOnly isLatin />
      </div>
      <Button icon={isCopied ? Check : Copy} onPress={() => void copy()}>
        {t(isCopied ? 'ui.copied' : 'ui.copy')}
      </Button>
    </div>
  );
}
