import { useFormat } from '../../../platform/browser/format.ts';
import { FlagMark } from '../../../ui/components/FlagMark.tsx';
import { isGrave, type Flag } from '../core/flags.ts';
import { useCustomersText } from './text.ts';

/** What one has to know first, as one mark in a row. */
export const FlagMarks = ({ flags }: { flags: readonly Flag[] }) => {
  const t = useCustomersText();
  const format = useFormat();
  return flags.length > 0 && <FlagMark words={format.list(flags.map((flag) => t(`customers.flag.${flag}`)))} isGrave={isGrave(flags)} />;
};
