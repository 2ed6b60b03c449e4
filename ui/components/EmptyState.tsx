import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type EmptyStateProps = {
  icon?: LucideIcon;
  /** One sentence. */
  children: ReactNode;
  /** The one useful thing to do here. */
  action?: ReactNode;
};

export const EmptyState = ({ icon: Icon, children, action }: EmptyStateProps) => (
  <div className="flex h-full flex-col items-center justify-center gap-3 px-6 py-12 text-center">
    {Icon && <Icon aria-hidden size={24} strokeWidth={1.5} className="text-ink-faint" />}
    <p className="max-w-80 text-14 text-balance text-ink-soft">{children}</p>
    {action}
  </div>
);
