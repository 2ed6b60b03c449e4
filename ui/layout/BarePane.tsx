import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../components/IconButton.tsx';

type BarePaneProps = { /** Read aloud, not shown. */ title: string; back: { readonly label: string; readonly onBack: () => void }; children: ReactNode };

/** Where a thing would stand that is on its way, or not to be had: it has no head of its own, and narrow screens still need the way back. */
export const BarePane = ({ title, back, children }: BarePaneProps) => (
  <section className="flex h-full min-h-0 flex-1 flex-col bg-surface">
    <h1 className="sr-only">{title}</h1>
    <div className="flex min-h-13 shrink-0 items-center border-b border-hairline px-2 wide:hidden">
      <IconButton label={back.label} icon={ChevronLeft} mirrored onPress={back.onBack} />
    </div>
    {children}
  </section>
);
