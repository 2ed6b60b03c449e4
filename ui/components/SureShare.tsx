import { useUiText } from '../text.ts';

type SureShareProps = {
  /** 0 to 1. */
  share: number;
  /** Between what the true share may lie, 0 to 1. */
  low: number;
  high: number;
  hits: number;
  of: number;
  /** How numbers are written here. */
  format: { number(value: number): string; percent(share: number): string };
};

/** Never a bare percentage: of how many, and between what it may lie. */
export function SureShare({ share, low, high, hits, of, format }: SureShareProps) {
  const t = useUiText();
  return (
    <span className="flex flex-col gap-1 py-0.5 tabular-nums">
      <span><bdi>{format.percent(share)}</bdi> <bdi className="text-12 text-ink-soft">{t('ui.share.of', { hits: format.number(hits), of: format.number(of) })}</bdi></span>
      <span aria-hidden className="relative block h-1.5 w-32 overflow-hidden rounded-full bg-pressed">
        <span className="absolute inset-y-0 rounded-full bg-accent/50" style={{ insetInlineStart: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        <span className="absolute inset-y-0 w-0.5 bg-accent" style={{ insetInlineStart: `calc(${share * 100}% - 1px)` }} />
      </span>
      <span className="text-12 text-ink-soft">{t('ui.share.range', { low: format.percent(low), high: format.percent(high) })}</span>
    </span>
  );
}
