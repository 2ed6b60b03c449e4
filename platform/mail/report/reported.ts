import type { FailureReason } from './severity.ts';

export type ReportedRecipient = {
  readonly address: string; readonly status: string | null; readonly hard: boolean; readonly reason: FailureReason;
  /** What the other side said. */
  readonly words: string;
};

/**
 * What a mail system says about a mail of ours. `failed` never arrived, `delayed` is still being tried, `delivered`
 * arrived, `read` was opened or thrown away, `complaint`: somebody called it spam.
 */
export type ParsedReport = {
  readonly kind: 'failed' | 'delayed' | 'delivered' | 'read' | 'complaint';
  /** The Message-IDs that it mentions. */
  readonly messageIds: readonly string[];
  readonly recipients: readonly ReportedRecipient[];
  readonly status: string | null;
  readonly words: string;
};

/** A message as far as a reader of reports needs it: decoded words, and the parts that machines write for machines. */
export type ReportMaterial = {
  readonly headers: ReadonlyMap<string, string>;
  readonly from: { readonly name: string; readonly address: string } | null;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly parts: readonly { readonly type: string; readonly text: string }[];
};
