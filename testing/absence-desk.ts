import { testApp } from './test-app.ts';

export const BEGINS = '2026-03-02T10:00:00.000Z';
export const ENDS = '2026-03-09T10:00:00.000Z';

/** Monday, 2 March 2026, 09:00 UTC: Ana plans to be away for a week from ten on, with Ben as her deputy. */
export async function absenceDesk() {
  const app = await testApp();
  const { owner } = app;
  let numbers = 0;
  const [ana, ben, cleo] = [await app.person('agent', { of: owner, name: 'Ana' }), await app.person('agent', { of: owner, name: 'Ben' }), await app.person('agent', { of: owner, name: 'Cleo' })];
  return {
    ...app, ana, ben, cleo,
    arrives: async (given: object = {}): Promise<string> => (await owner.request('POST', '/tickets', {
      subject: 'Kettle', channel: 'letter', direction: 'in', assigneeId: null, text: 'cracked', customer: { email: `customer${numbers += 1}@example.org`, name: `Customer ${numbers}` }, ...given,
    })).body.id,
    /** Turns the clock of business there, and does what is due by then. */
    at: async (moment: string): Promise<void> => { app.pass((Date.parse(moment) - app.now().getTime()) / 60_000); await app.due.round(); },
    plansAbsence: async (given: object = {}): Promise<string> => (await ana.request('POST', '/absences', { from: BEGINS, to: ENDS, deputyId: ben.id, ...given })).body.id,
  };
}
