import type { LucideIcon } from 'lucide-react';
import { ToggleButton } from 'react-aria-components';
import { classes } from '../classes.ts';
import { buttonStyle } from './button-style.ts';
import { Tooltip } from './Tooltip.tsx';

type ToggleIconButtonProps = { label: string; icon: LucideIcon; keys?: string; isSelected: boolean; onChange: (isSelected: boolean) => void };

/** A picture to press that stays pressed until it is pressed again. */
export const ToggleIconButton = ({ label, icon: Icon, keys, isSelected, onChange }: ToggleIconButtonProps) => (
  <Tooltip text={label} {...(keys && { keys })}>
    <ToggleButton aria-label={label} isSelected={isSelected} onChange={onChange} className={classes(buttonStyle('quiet', 'small', true), 'selected:bg-accent-tint selected:text-on-accent-tint')}>
      <Icon aria-hidden size={16} strokeWidth={1.75} />
    </ToggleButton>
  </Tooltip>
);
