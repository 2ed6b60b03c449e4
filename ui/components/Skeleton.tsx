import { type ReactNode, useEffect, useState } from 'react';
import { classes } from '../classes.ts';
import { useUiText } from '../text.ts';

const PATIENCE_MS = 150;

/** Waits a moment before it shows the shape of what is coming: quick answers should not flicker. */
export function Loading({ children }: { children: ReactNode }) {
  const t = useUiText();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy className={classes(!isShown && 'invisible')}>
      {isShown && <span className="sr-only">{t('ui.loading')}</span>}
      {children}
    </div>
  );
}

/** A grey bar where words will be; give it their width and height. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={classes('block h-3.5 animate-pulse rounded-[4px] bg-pressed', className)} />
);

/** Rows of a list before they are known. */
export const SkeletonRows = ({ count = 6, faces = false }: { count?: number; faces?: boolean }) => (
  <Loading>
    {Array.from({ length: count }, (_, index) => (
      <div key={index} className="flex items-center gap-3 border-b border-hairline px-4 py-3">
        {faces && <Skeleton className="size-7! shrink-0 rounded-full!" />}
        <div className="flex flex-1 flex-col gap-2">
          <Skeleton className={index % 2 ? 'w-2/5' : 'w-1/3'} />
          <Skeleton className={index % 3 ? 'w-4/5' : 'w-3/5'} />
        </div>
      </div>
    ))}
  </Loading>
);
