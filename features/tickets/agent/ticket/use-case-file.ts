import { useMutation } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { saveFile } from '../../../../platform/browser/save-file.ts';
import type { MenuEntry } from '../../../../ui/components/Menu.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import type { TicketView } from '../../core/contract.ts';
import { useTicketsText } from '../text.ts';

/** The whole case as one PDF, with what is only for colleagues or without. */
export function useCaseFile({ id, number }: Pick<TicketView, 'id' | 'number'>): MenuEntry[] {
  const t = useTicketsText();
  const errorText = useErrorText();
  const save = useMutation({
    mutationFn: async (notes: 0 | 1) => {
      toast({ text: t('tickets.case_pdf.making') });
      await saveFile(`/tickets/${id}/case.pdf?notes=${notes}`, `${number}.pdf`);
    },
    onError: (error) => toast({ tone: 'failed', text: errorText(error) }),
  });
  return [
    { id: 'case', label: t('tickets.case_pdf'), icon: FileText, onAction: () => save.mutate(1) },
    { id: 'case_outside', label: t('tickets.case_pdf.outside'), icon: FileText, onAction: () => save.mutate(0) },
  ];
}
