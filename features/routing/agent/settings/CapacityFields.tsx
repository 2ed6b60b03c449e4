import { TextField } from '../../../../ui/components/TextField.tsx';
import { CHANNELS } from '../../../tickets/core/contract.ts';
import { useRoutingText } from '../text.ts';
import { useChannelName } from '../words.ts';
import { type CapacityDraft, isWhole } from './capacity.ts';

/** How much one person takes: in all, and of each channel. */
export function CapacityFields({ value, onChange }: { value: CapacityDraft; onChange: (value: CapacityDraft) => void }) {
  const t = useRoutingText();
  const channelName = useChannelName();
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label={t('routing.capacity.total')} hint={t('routing.capacity.total_what')} value={value.total} onChange={(total) => onChange({ ...value, total })}
        isLatin isRequired inputMode="numeric" autoComplete="off" maxLength={4} className="max-w-form" error={isWhole(value.total) && value.total !== '0' ? undefined : t('routing.not_a_number')}
      />
      <div className="overflow-x-auto rounded-control border border-hairline">
        <table className="w-full text-14">
          <thead>
            <tr className="border-b border-hairline text-12 text-ink-faint">
              <th scope="col" className="px-3 py-2 text-start font-medium">{t('routing.capacity.channel')}</th>
              <th scope="col" className="px-3 py-2 text-start font-medium">{t('routing.capacity.weight')}</th>
              <th scope="col" className="px-3 py-2 text-start font-medium">{t('routing.capacity.most')}</th>
            </tr>
          </thead>
          <tbody>
            {CHANNELS.map((channel) => {
              const name = channelName(channel);
              const put = (change: Partial<CapacityDraft['channels'][typeof channel]>) =>
                onChange({ ...value, channels: { ...value.channels, [channel]: { ...value.channels[channel], ...change } } });
              const cell = (kind: 'weight' | 'most') => (
                <td className="px-3 py-1.5 align-top">
                  <TextField
                    label={`${t(`routing.capacity.${kind}`)}, ${name}`} labelHidden isLatin inputMode="numeric" autoComplete="off" maxLength={4} className="w-20"
                    value={value.channels[channel][kind]} onChange={(text) => put({ [kind]: text })}
                    error={value.channels[channel][kind] === '' || isWhole(value.channels[channel][kind]) ? undefined : t('routing.not_a_number')}
                  />
                </td>
              );
              return (
                <tr key={channel} className="border-b border-hairline last:border-0">
                  <th scope="row" className="px-3 py-1.5 text-start font-normal">{name}</th>
                  {cell('weight')}
                  {cell('most')}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="text-13 text-ink-faint">{t('routing.capacity.what')}</p>
    </div>
  );
}
