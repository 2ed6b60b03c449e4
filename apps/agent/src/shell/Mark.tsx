/** Two voices that answer each other. */
export const Mark = ({ size = 28 }: { size?: number }) => <img src="/mark.svg" alt="" width={size} height={size} className="shrink-0" />;
