import { type ReactElement, useContext } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger, TooltipTriggerStateContext } from 'react-aria-components';

type TooltipProps = { text: string; keys?: string; children: ReactElement };

/** A word on what a control does, after a moment's rest; never the only place where something is said. */
export const Tooltip = ({ text, keys, children }: TooltipProps) => (
  <TooltipTrigger delay={500} closeDelay={80}>
    {children}
    <Word text={text} {...(keys !== undefined && { keys })} />
  </TooltipTrigger>
);

function Word({ text, keys }: Omit<TooltipProps, 'children'>) {
  const state = useContext(TooltipTriggerStateContext);
  return (
    <AriaTooltip offset={6} className="floats flex max-w-dialog items-center gap-2 rounded-control bg-ink px-2 py-1 text-12 text-surface">
      {/* One that the focus opened lies over what stands there: whoever presses on it means that, so it gives way. */}
      <span onPointerDown={() => state?.close(true)}>{text}</span>
      {keys && (
        <kbd aria-hidden dir="ltr" className="font-text text-12 opacity-75">
          {keys}
        </kbd>
      )}
    </AriaTooltip>
  );
}
