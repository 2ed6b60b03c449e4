import { z } from 'zod';
import { Id, Timestamp } from '../../../kernel/contract.ts';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { MetricName } from '../../sla/core/contract.ts';
import { Channel, Priority } from '../../tickets/core/contract.ts';

export const MOST_LINES = 20;
const texts = (max: number) => z.partialRecord(z.enum(LANGUAGES), z.string().trim().min(1).max(max));
const Names = texts(100).refine((given) => Object.keys(given).length > 0, { message: 'Give the name in one language at least.' });

export const CharterLine = z.strictObject({
  policyId: Id, names: Names, metrics: z.array(MetricName).min(1).max(8).refine((all) => new Set(all).size === all.length, { message: 'Name each once.' }),
  priority: Priority.default('normal'),
  /** Null: on every channel. */
  channel: Channel.nullable().default(null),
  /** Who answers, where a team has hours of its own; null: anybody. Customers read the hours, not its name. */
  teamId: Id.nullable().default(null),
});
export type CharterLine = z.infer<typeof CharterLine>;

/** GET|PUT /charter: what is promised in public. 404 `team.not_found`; 400 `charter.unknown_policy`, `charter.no_target` (a policy promises nothing of the kind). */
export const CharterInput = z.strictObject({ published: z.boolean(), /** Last month's figures stand beside the promises. */ figures: z.boolean(), intro: texts(2_000), limits: texts(5_000), lines: z.array(CharterLine).max(MOST_LINES) });
export type CharterInput = z.infer<typeof CharterInput>;
export const CharterView = CharterInput.extend({ updatedAt: Timestamp.nullable(), /** Shows the page as it is saved, published or not, for an hour. */ previewPath: z.string(), path: z.string() });
export type CharterView = z.infer<typeof CharterView>;
export const EMPTY: CharterInput = { published: false, figures: false, intro: {}, limits: {}, lines: [] };
