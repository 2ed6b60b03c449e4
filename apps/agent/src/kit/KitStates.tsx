import { Inbox, Plus } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '../../../../ui/components/Avatar.tsx';
import { Badge } from '../../../../ui/components/Badge.tsx';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { EmptyState } from '../../../../ui/components/EmptyState.tsx';
import { ErrorState, OfflineNotice } from '../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import { Tabs } from '../../../../ui/components/Tabs.tsx';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { VirtualList } from '../../../../ui/components/VirtualList.tsx';
import { Pane } from '../../../../ui/layout/Pane.tsx';
import { Shelf } from './Shelf.tsx';

const TONES = ['neutral', 'accent', 'good', 'warning', 'danger'] as const;
const NAMES = ['Maria Petrova', 'Иван Георгиев', 'Zofia Wiśniewska', 'Анна Смирнова', 'ليلى حداد', 'John O’Neill', 'maria@shop.bg', '٣'];
const ROWS = Array.from({ length: 1000 }, (_, index) => ({ id: `row-${index}`, name: NAMES[index % NAMES.length] ?? '' }));

export function KitStates() {
  const [tab, setTab] = useState<'one' | 'two'>('one');
  const [active, setActive] = useState<string | null>('row-1');
  const [tags, setTags] = useState(['kettle', 'гаранция', 'مرتجع'].map((name) => ({ id: name, name })));
  return (
    <>
      <Shelf title="Marks">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        {NAMES.map((name) => (
          <Avatar key={name} id={name} name={name} />
        ))}
        <TagList label="Tags" tags={tags} onRemove={(id) => setTags(tags.filter((tag) => tag.id !== id))} />
      </Shelf>
      <Shelf title="Notices">
        <div className="flex w-full flex-col gap-2">
          <Banner>Mail waits in the outbox: no relay is set.</Banner>
          <Banner tone="good">Your new password is set.</Banner>
          <Banner tone="warning" action={<Button size="small">Look</Button>}>
            Copy the token now: it is never shown again.
          </Banner>
          <Banner tone="danger">Address and password don’t match.</Banner>
          <OfflineNotice>You are offline. What is on screen can still be read.</OfflineNotice>
        </div>
      </Shelf>
      <Shelf title="Tabs">
        <Tabs
          label="Tabs"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'one', label: 'English', content: 'One' },
            { id: 'two', label: 'Български', content: 'Two' },
          ]}
        />
      </Shelf>
      <Shelf title="A list, and its other states">
        <div className="grid w-full grid-cols-2 gap-4 max-wide:grid-cols-1">
          <div className="h-80 overflow-hidden rounded-control border border-hairline">
            <Pane title="Mine" subtitle="1 000" isScrolling={false} actions={<Button size="small" icon={Plus}>New</Button>}>
              <VirtualList
                label="Tickets"
                items={ROWS}
                idOf={({ id }) => id}
                rowHeight={48}
                activeId={active}
                onActive={setActive}
                onOpen={setActive}
                render={({ id, name }, { isActive }) => (
                  <div className={`flex h-12 items-center gap-3 border-b border-hairline px-4 ${isActive ? 'bg-accent-tint' : ''}`}>
                    <Avatar id={id} name={name} />
                    <bdi>{name}</bdi>
                  </div>
                )}
              />
            </Pane>
          </div>
          <div className="h-80 overflow-hidden rounded-control border border-hairline">
            <SkeletonRows />
          </div>
          <div className="h-64 rounded-control border border-hairline">
            <EmptyState icon={Inbox} action={<Button tone="primary">Take the next</Button>}>
              Nothing waits for you.
            </EmptyState>
          </div>
          <div className="h-64 rounded-control border border-hairline">
            <ErrorState onRetry={() => undefined}>The server can’t be reached. Nothing you typed is lost.</ErrorState>
          </div>
        </div>
      </Shelf>
    </>
  );
}
