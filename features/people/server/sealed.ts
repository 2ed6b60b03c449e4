import { sealedColumn } from '../../../platform/config/sealed.ts';

const ofPerson = { key: 'person_id', belongsTo: (workspaceId: string, personId: string) => `totp:${workspaceId}:${personId}` };

/** A draft that is confirmed becomes the seed as it is: both belong to the person. */
export const TOTP_SEED = sealedColumn('totp_seeds', 'seed', ofPerson);
export const TOTP_DRAFT = sealedColumn('totp_seeds', 'draft', ofPerson);

/** What this room keeps sealed. */
export const PEOPLE_SECRETS = [TOTP_SEED, TOTP_DRAFT] as const;
