import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Header, Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover, type PopoverProps, Separator } from 'react-aria-components';
import { classes } from '../classes.ts';
import { FLOAT, OPTION } from './field-style.ts';
import { useIsSketch } from './Sketched.tsx';

export type MenuEntry = {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly leading?: ReactNode;
  readonly hint?: ReactNode;
  /** The key that does the same, as `keysText` writes it. */
  readonly keys?: string;
  readonly tone?: 'plain' | 'danger';
  /** The one that holds now, in a menu of choices. */
  readonly chosen?: boolean;
  readonly disabled?: boolean;
  readonly href?: string;
  readonly onAction?: () => void;
};

export type MenuGroup = { readonly title?: string; readonly entries: readonly MenuEntry[] };

type MenuProps = {
  label: string;
  /** The button that opens it. */
  trigger: ReactElement;
  groups: readonly MenuGroup[];
  placement?: NonNullable<PopoverProps['placement']>;
  /** Distance from the button, in px. */
  offset?: number;
};

export const Menu = ({ label, trigger, groups, placement = 'bottom start', offset = 4 }: MenuProps) => (useIsSketch() ? trigger : (
  <MenuTrigger>
    {trigger}
    <Popover offset={offset} placement={placement} className={classes(FLOAT, 'min-w-52')}>
      <AriaMenu aria-label={label} className="max-h-[min(32rem,70vh)] overflow-auto p-1 outline-none">
        {groups
          .filter(({ entries }) => entries.length > 0)
          .map((group, index) => (
            <GroupOfEntries key={group.title ?? group.entries[0]?.id} group={group} isFirst={index === 0} />
          ))}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
));

const GroupOfEntries = ({ group, isFirst }: { group: MenuGroup; isFirst: boolean }) => (
  <>
    {!isFirst && <Separator className="-mx-1 my-1 h-px bg-hairline" />}
    <MenuSection {...choiceOf(group)} {...(!group.title && { 'aria-label': group.entries.map(({ label }) => label).join(', ') })}>
      {group.title && <Header className="px-2 pt-1.5 pb-1 text-12 text-ink-faint">{group.title}</Header>}
      {group.entries.map((entry) => (
        <Entry key={entry.id} {...entry} />
      ))}
    </MenuSection>
  </>
);

/** A group in which one holds now says so to everybody, not only by a mark. */
function choiceOf({ entries }: MenuGroup): { selectionMode?: 'single'; selectedKeys?: string[] } {
  if (entries.every(({ chosen }) => chosen === undefined)) return {};
  return { selectionMode: 'single', selectedKeys: entries.filter(({ chosen }) => chosen).map(({ id }) => id) };
}

const Entry = ({ id, label, icon: Icon, leading, hint, keys, tone = 'plain', chosen, disabled = false, href, onAction }: MenuEntry) => (
  <MenuItem
    id={id}
    textValue={label}
    isDisabled={disabled}
    className={classes(OPTION, tone === 'danger' && 'text-danger-ink focus:bg-danger-tint focus:text-on-danger-tint')}
    {...(href && { href })}
    {...(onAction && { onAction })}
  >
    {chosen !== undefined && <Check aria-hidden size={16} className={classes('shrink-0', !chosen && 'invisible')} />}
    {Icon && <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 opacity-80" />}
    {leading}
    <span className="flex min-w-0 flex-1 flex-col">
      <span className="truncate">
        <bdi>{label}</bdi>
      </span>
      {hint && <span className="truncate text-12 text-ink-faint">{hint}</span>}
    </span>
    {keys && (
      <kbd aria-hidden dir="ltr" className="ms-4 font-text text-12 text-ink-faint">
        {keys}
      </kbd>
    )}
  </MenuItem>
);
