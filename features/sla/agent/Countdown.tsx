import { useTicking } from '../../../platform/browser/ticking.ts';
import { classes } from '../../../ui/classes.ts';
import { Badge } from '../../../ui/components/Badge.tsx';
import { type Promised, type Standing, standingAt } from './standing.ts';
import { useSlaText } from './text.ts';
import { LOOKS, usePromiseWords } from './words.ts';

type CountdownProps = { promised: Promised; tell: (standing: Standing, isWorkingTime: boolean) => string };

/** What is left of a promise, told anew as time goes by; never read aloud by itself. */
export const Countdown = ({ promised, tell }: CountdownProps) => useTicking((now) => tell(standingAt(promised, now), promised.workingTime));

export const useLook = (promised: Promised) => useTicking((now) => standingAt(promised, now).look);

/** A sign and a few characters, for rows and heads. With `isForEyes`, what stands beside it says it to everybody. */
export function BriefCountdown({ promised, isForEyes = false }: { promised: Promised; isForEyes?: boolean }) {
  const words = usePromiseWords();
  const { icon: Icon, ink } = LOOKS[useLook(promised)];
  return (
    <span aria-hidden={isForEyes || undefined} className={classes('inline-flex shrink-0 items-center gap-1 text-12 whitespace-nowrap tabular-nums', ink)}>
      <Icon aria-hidden size={13} strokeWidth={1.75} className="shrink-0" />
      <Countdown promised={promised} tell={words.briefly} />
    </span>
  );
}

/** How it stands, in a word. */
export function LookBadge({ promised }: { promised: Promised }) {
  const t = useSlaText();
  const look = useLook(promised);
  const { icon, tone } = LOOKS[look];
  return <Badge tone={tone} icon={icon}>{t(`sla.look.${look}`)}</Badge>;
}
