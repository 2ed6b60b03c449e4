import { X } from 'lucide-react';
import { Button, Label, Tag, TagGroup, TagList as AriaTagList } from 'react-aria-components';
import { classes } from '../classes.ts';

type TagListProps = {
  label: string;
  tags: readonly { readonly id: string; readonly name: string }[];
  /** Without it the tags are only shown. */
  onRemove?: (id: string) => void;
};

/** Words that people put on things: arrow keys walk, Backspace takes away, react-aria words it. */
export const TagList = ({ label, tags, onRemove }: TagListProps) => (
  <TagGroup {...(onRemove && { onRemove: (keys: Set<string | number>) => keys.forEach((key) => onRemove(String(key))) })} className="min-w-0">
    <Label className="sr-only">{label}</Label>
    <AriaTagList className="flex flex-wrap gap-1">
      {tags.map(({ id, name }) => (
        <Tag
          key={id}
          id={id}
          textValue={name}
          className={classes(
            'inline-flex h-6 max-w-60 cursor-default items-center gap-1 rounded-[4px] border border-hairline bg-surface px-1.5 text-12 text-ink-soft',
            onRemove && 'pointer-coarse:h-11',
          )}
        >
          <span className="truncate" dir="auto">
            {name}
          </span>
          {onRemove && (
            <Button slot="remove" className="-me-1 inline-flex size-5 items-center justify-center rounded-[3px] text-ink-faint hover:bg-pressed hover:text-ink pointer-coarse:size-11">
              <X aria-hidden size={12} />
            </Button>
          )}
        </Tag>
      ))}
    </AriaTagList>
  </TagGroup>
);
