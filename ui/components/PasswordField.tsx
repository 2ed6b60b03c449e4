import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useUiText } from '../text.ts';
import { IconButton } from './IconButton.tsx';
import { TextField, type TextFieldProps } from './TextField.tsx';

type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'trailing' | 'autoComplete'> & { autoComplete: 'current-password' | 'new-password' };

/** Pasting and password managers are welcome; what was typed can be looked at. */
export function PasswordField(props: PasswordFieldProps) {
  const t = useUiText();
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      isLatin
      spellCheck="false"
      autoCapitalize="none"
      trailing={
        <IconButton
          label={t(isShown ? 'ui.hide_password' : 'ui.show_password')}
          icon={isShown ? EyeOff : Eye}
          onPress={() => setShown(!isShown)}
          className="h-7! w-7! pointer-coarse:size-11!"
        />
      }
    />
  );
}
