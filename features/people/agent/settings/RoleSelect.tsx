import { type Role, ROLES } from '../../../../kernel/actor.ts';
import { Select } from '../../../../ui/components/Select.tsx';
import { mayGrant } from '../../core/permissions.ts';
import { usePeopleText } from '../text.ts';

type RoleSelectProps = {
  value: Role;
  onChange: (role: Role) => void;
  /** Nobody gives more than they have. */
  upTo: Role;
};

export function RoleSelect({ value, onChange, upTo }: RoleSelectProps) {
  const t = usePeopleText();
  const options = ROLES.filter((role) => mayGrant({ role: upTo }, role)).map((id) => ({
    id,
    label: t(`people.role.${id}`),
    hint: t(`people.role.${id}.hint`),
  }));
  return <Select label={t('people.role')} options={options} value={value} onChange={onChange} />;
}
