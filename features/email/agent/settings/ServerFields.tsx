import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import type { SourcePut } from '../../core/contract.ts';
import { useEmailText } from '../text.ts';

type Security = SourcePut['security'];
type Server = { host: string; security: Security; port: string };
type ServerFieldsProps = { server: Server; onChange: (changed: Partial<Server>) => void; hostHint: string; /** The usual one for each kind of encryption. */ ports: Readonly<Record<Security, string>> };

/** Where a mail server is, and whether the way there is encrypted. */
export function ServerFields({ server, onChange, hostHint, ports }: ServerFieldsProps) {
  const t = useEmailText();
  return (
    <>
      <TextField name="host" label={t('email.source.host')} hint={hostHint} value={server.host} onChange={(host) => onChange({ host })} isLatin isRequired />
      <div className="grid grid-cols-2 gap-4 max-wide:grid-cols-1">
        <Select
          label={t('email.source.security')}
          options={(['tls', 'starttls', 'none'] as const).map((id) => ({ id, label: t(`email.source.security.${id}`) }))}
          value={server.security}
          onChange={(security) => onChange({ security, port: ports[security] })}
        />
        <TextField name="port" label={t('email.source.port')} value={server.port} onChange={(port) => onChange({ port })} inputMode="numeric" isLatin isRequired />
      </div>
    </>
  );
}
