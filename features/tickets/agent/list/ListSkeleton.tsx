import { Loading, Skeleton } from '../../../../ui/components/Skeleton.tsx';

/** Rows of two lines, as they will stand. */
export const ListSkeleton = ({ count = 9 }: { count?: number }) => (
  <Loading>
    {Array.from({ length: count }, (_, index) => (
      <div key={index} className="flex h-15 flex-col justify-center gap-2.5 border-b border-hairline ps-5 pe-3">
        <div className="flex items-center justify-between">
          <Skeleton className={index % 2 ? 'w-32' : 'w-40'} />
          <Skeleton className="w-8" />
        </div>
        <Skeleton className={index % 3 ? 'w-11/12' : 'w-3/4'} />
      </div>
    ))}
  </Loading>
);
