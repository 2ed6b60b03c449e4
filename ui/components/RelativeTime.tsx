type RelativeTimeProps = {
  /** ISO 8601 */
  at: string;
  /** As it is shown: "5 minutes ago", "Tue". */
  children: string;
  /** The whole truth, for who rests the pointer on it. */
  inFull: string;
};

/** A moment in few words, with the exact one at hand. */
export const RelativeTime = ({ at, children, inFull }: RelativeTimeProps) => (
  <time dateTime={at} title={inFull} className="whitespace-nowrap tabular-nums">
    {children}
  </time>
);
