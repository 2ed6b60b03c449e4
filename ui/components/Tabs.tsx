import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

type TabsProps<Id extends string> = {
  label: string;
  tabs: readonly { readonly id: Id; readonly label: ReactNode; readonly content: ReactNode }[];
  value: Id;
  onChange: (id: Id) => void;
};

export const Tabs = <Id extends string>({ label, tabs, value, onChange }: TabsProps<Id>) => (
  <AriaTabs selectedKey={value} onSelectionChange={(id) => onChange(id as Id)} className="flex min-h-0 flex-col">
    <TabList aria-label={label} className="flex gap-4 overflow-x-auto border-b border-hairline">
      {tabs.map((tab) => (
        <Tab
          key={tab.id}
          id={tab.id}
          className="-mb-px flex h-9 shrink-0 pointer-coarse:h-11 cursor-default items-center gap-1.5 border-b-2 border-transparent text-13 font-medium text-ink-soft hover:text-ink selected:border-accent selected:text-ink"
        >
          {tab.label}
        </Tab>
      ))}
    </TabList>
    {tabs.map((tab) => (
      <TabPanel key={tab.id} id={tab.id} className="min-h-0 flex-1 pt-4 outline-none">
        {tab.content}
      </TabPanel>
    ))}
  </AriaTabs>
);
