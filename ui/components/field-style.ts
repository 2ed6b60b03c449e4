/** What all fields share, so that they stand in one line whatever they hold. */
export const INPUT =
  'w-full min-w-0 rounded-control text-left rtl-screen:text-right rtl-screen:placeholder-shown:[direction:rtl] border border-border bg-surface px-2.5 text-14 text-ink transition-colors ' +
  'focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus ' +
  'invalid:border-danger disabled:bg-sunken disabled:text-ink-faint max-wide:text-16';

/** Room for what stands inside at the end: the screen's end, since the words in a field may run the other way. */
export const ROOM_AT_END = 'pr-10 rtl-screen:pr-2.5 rtl-screen:pl-10';

export const LIST_BOX = 'max-h-80 overflow-auto p-1 outline-none';

export const OPTION =
  'relative flex min-h-8 cursor-default select-none items-center gap-2 rounded-[4px] px-2 py-1 text-14 text-ink outline-none ' +
  'focus:bg-accent-tint focus:text-on-accent-tint disabled:text-ink-faint pointer-coarse:min-h-11';

export const FLOAT = 'floats overflow-hidden rounded-control border border-hairline bg-raised';
