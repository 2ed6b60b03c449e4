import { PasswordField } from '../../../ui/components/PasswordField.tsx';
import { usePeopleText } from './text.ts';

const SHORTEST = 12;

/** Length is the only rule. */
export function NewPasswordField({ name = 'password', label }: { name?: string; label?: string }) {
  const t = usePeopleText();
  return (
    <PasswordField
      name={name}
      autoComplete="new-password"
      label={label ?? t('people.new_password')}
      hint={t('people.password_hint', { count: SHORTEST })}
      validate={(value) => (value.length > 0 && value.length < SHORTEST ? t('people.password_short', { count: SHORTEST }) : null)}
      isRequired
    />
  );
}
