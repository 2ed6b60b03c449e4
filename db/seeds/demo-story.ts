/** One matter of a customer, as a script. `{he|she}` is chosen by the speaker's gender; {order}, {date}, {first}, {agent}, {amount} are filled in. */
export type Story = {
  readonly kind: 'question' | 'information_request' | 'service_request' | 'claim' | 'complaint' | 'suggestion' | 'praise';
  readonly team: 'orders' | 'repairs' | 'billing';
  readonly priority?: 'low' | 'high' | 'urgent';
  readonly tags: readonly string[];
  readonly subjects: readonly [string, string];
  /** Customer and agent in turn; the customer begins. A ticket may stop after any turn. */
  readonly turns: readonly string[];
  /** What colleagues tell each other, after the first turn. */
  readonly note?: string;
};
