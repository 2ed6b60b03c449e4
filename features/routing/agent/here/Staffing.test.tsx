import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderScreen } from '../../../../testing/screen.tsx';
import { answering } from '../../../../testing/ticket-desk.tsx';
import { adviceFor, StaffingQuery, type StaffingView } from '../../core/staffing.ts';
import { Staffing } from './Staffing.tsx';

const QUEUE = '018f0000-0000-7000-8000-000000000001';

test('a lead reads how many people it takes, on which figures, and what one fewer would mean', async () => {
  let wish = {};
  answering({ [`GET /queues/${QUEUE}/staffing`]: (_body: unknown, request: string): StaffingView => {
    const { perHour, handleSeconds, ...rest } = StaffingQuery.parse(wish = Object.fromEntries(new URLSearchParams(request.split('?')[1])));
    const measured = { from: '2026-03-02T09:00:00.000Z', perHour: 12.25 };
    return { measured, advice: adviceFor({ perHour: perHour ?? measured.perHour, handleSeconds }, rest) };
  } });
  await renderScreen(<Staffing queueId={QUEUE} />);
  await screen.findByText('3 people at once, 5 on the roster');
  expect(wish).toEqual({ handleSeconds: '240', share: '80', shrinkage: '30', withinSeconds: '20' });
  screen.getByText(/^Left empty: 12.3, as in the busiest hour of the week \(.+\) of the last four weeks\.$/);

  fireEvent.change(screen.getByLabelText('Contacts an hour'), { target: { value: '200' } });
  fireEvent.change(screen.getByLabelText('Time for each, with the work after it: amount'), { target: { value: '3' } });
  await screen.findByText('14 people at once, 20 on the roster');
  screen.getByText(/^Then 88.8% are answered in time\. .* the mean wait of all is 7 seconds\. People are busy 71.4% of their time\.$/);
  screen.getByText('With one fewer: 79.6% in time.');
  // What is no number is said, and not asked for.
  fireEvent.change(screen.getByLabelText('Contacts an hour'), { target: { value: 'many' } });
  await screen.findByText('A whole number, please.');
  await vi.waitFor(() => expect(wish).not.toHaveProperty('perHour'));
});
