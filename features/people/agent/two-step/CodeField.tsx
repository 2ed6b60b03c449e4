import { TextField } from '../../../../ui/components/TextField.tsx';
import { usePeopleText } from '../text.ts';

/** Six digits of an authenticator app, or a recovery code. */
export function CodeField({ way }: { way: 'totp' | 'recovery' }) {
  const t = usePeopleText();
  return (
    <TextField
      name="code"
      label={t(`people.second.code.${way}`)}
      autoComplete={way === 'totp' ? 'one-time-code' : 'off'}
      inputMode={way === 'totp' ? 'numeric' : 'text'}
      maxLength={way === 'totp' ? 20 : 60}
      spellCheck="false"
      isLatin
      isRequired
      autoFocus
    />
  );
}
