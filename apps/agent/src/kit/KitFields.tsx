import { useState } from 'react';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { ComboBox } from '../../../../ui/components/ComboBox.tsx';
import { PasswordField } from '../../../../ui/components/PasswordField.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { SearchField } from '../../../../ui/components/SearchField.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { Switch } from '../../../../ui/components/Switch.tsx';
import { TextArea } from '../../../../ui/components/TextArea.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { Shelf } from './Shelf.tsx';

const PEOPLE = [
  { id: 'maria', label: 'Maria Petrova' },
  { id: 'ivan', label: 'Ivan Georgiev', hint: 'Returns' },
  { id: 'layla', label: 'ليلى حداد' },
].map((person) => ({ ...person, leading: <Avatar id={person.id} name={person.label} size="small" /> }));

export function KitFields() {
  const [person, setPerson] = useState<string | null>('maria');
  const [priority, setPriority] = useState<'low' | 'high'>('low');
  return (
    <Shelf title="Fields">
      <div className="grid w-full grid-cols-2 gap-5 max-wide:grid-cols-1">
        <TextField label="Name" defaultValue="Maria Petrova" />
        <TextField label="E-mail" type="email" defaultValue="maria@" error="This is not an address yet." />
        <PasswordField label="Password" autoComplete="new-password" hint="At least 12 characters." />
        <TextField label="Company" placeholder="Kettles & Co" optional />
        <Select label="Assignee" options={PEOPLE} value={person} onChange={setPerson} />
        <ComboBox label="Requester" options={PEOPLE} value={person} onChange={setPerson} />
        <TextArea label="Note" defaultValue="الغلاية وصلت مكسورة" />
        <div className="flex flex-col gap-5">
          <SearchField label="Search" keys="/" />
          <TextField label="Disabled" value="Fixed" isDisabled />
        </div>
        <div className="flex flex-col gap-3">
          <Checkbox defaultSelected>Tell the customer</Checkbox>
          <Checkbox isIndeterminate hint="Some of them">
            All tickets
          </Checkbox>
          <Checkbox isDisabled>Not now</Checkbox>
          <Switch defaultSelected hint="Once per ticket">
            Confirm receipt
          </Switch>
          <Switch>Sounds</Switch>
        </div>
        <RadioGroup
          label="Priority"
          value={priority}
          onChange={setPriority}
          options={[
            { id: 'low', label: 'Low', hint: 'When there is time' },
            { id: 'high', label: 'High' },
          ]}
        />
      </div>
    </Shelf>
  );
}
