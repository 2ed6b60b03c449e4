import { useQuery } from '@tanstack/react-query';
import { CheckboxGroup, Label } from 'react-aria-components';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { teamsQuery } from '../queries.ts';
import { usePeopleText } from '../text.ts';

/** Which teams somebody belongs to; nothing while there are no teams. */
export function TeamChoice({ value, onChange }: { value: string[]; onChange: (teamIds: string[]) => void }) {
  const t = usePeopleText();
  const { data: teams } = useQuery(teamsQuery);
  if (!teams || teams.items.length === 0) return null;
  return (
    <CheckboxGroup value={value} onChange={onChange} className="flex flex-col gap-2">
      <Label className="text-13 font-medium">{t('people.teams')}</Label>
      <div className="flex max-h-44 flex-col gap-1.5 overflow-auto">
        {teams.items.map((team) => (
          <Checkbox key={team.id} value={team.id}>
            <span dir="auto">{team.name}</span>
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
